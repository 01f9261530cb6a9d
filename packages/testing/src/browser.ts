import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright-core';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A headless Chromium: CHROMIUM_PATH, else an installed one, else the one of the npm package. */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH'] ?? installed.find((path) => existsSync(path));
  const common = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
  return given === undefined
    ? chromium.launch({
        executablePath: await sparticuz.executablePath(),
        // Its switches are made for a host without a display; single-process mode of theirs crashes with several pages.
        args: [...sparticuz.args.filter((argument) => argument !== '--single-process'), ...common],
        headless: true,
      })
    : chromium.launch({ executablePath: given, args: common, headless: true });
}
