import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Switches of the npm package that take away what browsers of people have: walls between the documents of a page. */
const withoutWalls = /^--(?:single-process|disable-web-security|disable-site-isolation-trials|disable-features=.*)$/;

/**
 * A headless Chromium: CHROMIUM_PATH, else an installed one, else the one of the npm package. With `isIsolated` its
 * documents are kept apart, in processes of their own, as they are in browsers on people's desks.
 */
export async function launchBrowser({ isIsolated = false } = {}): Promise<Browser> {
  const given = installedBrowser();
  const common = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
  if (isIsolated) common.push('--site-per-process');
  return given === undefined
    ? chromium.launch({
        executablePath: await sparticuz.executablePath(),
        // Its switches are made for a host without a display; single-process mode of theirs crashes with several pages.
        args: [
          ...sparticuz.args.filter((argument) =>
            isIsolated ? !withoutWalls.test(argument) : argument !== '--single-process',
          ),
          ...common,
        ],
        headless: true,
      })
    : chromium.launch({ executablePath: given, args: common, headless: true });
}

/**
 * Unpacks the Chromium of the npm package where it is the one that is used. Tests that start at the same time must find it
 * whole: the package takes a file that is still being written for the browser.
 */
export async function unpackBrowser(): Promise<void> {
  if (installedBrowser() === undefined) await sparticuz.executablePath();
}

function installedBrowser(): string | undefined {
  return process.env['CHROMIUM_PATH'] ?? installed.find((path) => existsSync(path));
}
