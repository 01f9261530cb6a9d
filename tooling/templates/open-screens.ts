import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { routes, type Template } from '@fettle/testing';
import type { Installation } from '../../e2e/harness/installation.ts';
import { ownerLogin } from '../../e2e/harness/server-process.ts';
import { openPage, withoutStreams } from '../../e2e/harness/watched-page.ts';

/** The sizes that screens are looked at and pictured in. */
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

/** Where the pictures go; `isComplete`: also of screens that the gallery does not show. */
interface Pictures {
  readonly folder: string;
  readonly isComplete: boolean;
}

/** Opens every screen of an installed template on a desktop and on a phone. Answers what is wrong with them. */
export async function openScreens(
  browser: Browser,
  { server }: Installation,
  slug: string,
  template: Template,
  pictures: Pictures,
): Promise<readonly string[]> {
  await mkdir(pictures.folder, { recursive: true });
  const problems: string[] = [];
  for (const [size, viewport] of Object.entries(sizes)) {
    const watched = await openPage(browser, server.url, {
      viewport,
      reducedMotion: 'reduce',
      hasTouch: size === 'phone',
      isMobile: size === 'phone',
      deviceScaleFactor: 1,
    });
    watched.context.setDefaultTimeout(20_000);
    await watched.context.request.post(routes.account.signIn.path, { data: ownerLogin });
    await withoutStreams(watched);
    for (const { name, route } of Object.values(template.app.screens)) {
      const shown = template.about.screenshots.find(({ screen }) => screen === name);
      const before = watched.problems().length;
      const found = await openScreen(watched.page, `/apps/${slug}${addressOf(route, shown?.parameters)}`);
      const all = [...watched.problems().slice(before), ...found];
      problems.push(...all.map((problem) => `screen ${name}, ${size}: ${problem}`));
      if (shown !== undefined || pictures.isComplete)
        await watched.page.screenshot({
          path: join(pictures.folder, `${name}-${size}.jpg`),
          type: 'jpeg',
          quality: 70,
          animations: 'disabled',
          caret: 'hide',
        });
    }
    await watched.close();
  }
  return problems;
}

function addressOf(route: string, parameters: Readonly<Record<string, string>> = {}): string {
  return route.replaceAll(/:([A-Za-z0-9_]+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? '1'));
}

async function openScreen(page: Page, address: string): Promise<readonly string[]> {
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  // What is still on its way then is told below.
  await page
    .waitForFunction(() =>
      [...document.querySelectorAll('[aria-busy="true"]')].every((part) => !part.checkVisibility()),
    )
    .catch(() => undefined);
  // Charts draw themselves a moment after their data is there.
  await page.waitForTimeout(400);
  return page.evaluate(() => {
    const seen = (element: Element): boolean => element.checkVisibility();
    const textOf = (element: Element): string => (element.textContent ?? '').trim().slice(0, 160);
    const errors = [...document.querySelectorAll('[role="alert"]:not(.mantine-Alert-root)')].filter(seen).map(textOf);
    const isLoading = [...document.querySelectorAll('[aria-busy="true"]')].some(seen);
    const { scrollWidth, clientWidth } = document.documentElement;
    const odd = ['[object Object]', '{{', 'NaN', 'Invalid Date', 'undefined'].filter((text) =>
      new RegExp(`(^|[^A-Za-z])${text.replaceAll(/[[\]{}]/g, String.raw`\$&`)}`).test(document.body.innerText),
    );
    const isEmpty = document.body.innerText.trim().length < 20;
    return [
      ...errors.filter((text) => text !== '').map((text) => `it shows an error: ${text}`),
      ...(isLoading ? ['a part of it is still loading'] : []),
      ...(scrollWidth > clientWidth ? [`it scrolls sideways: ${scrollWidth} of ${clientWidth} pixels`] : []),
      ...odd.map((text) => `it shows "${text}"`),
      ...(isEmpty ? ['there is nothing on it'] : []),
    ];
  });
}
