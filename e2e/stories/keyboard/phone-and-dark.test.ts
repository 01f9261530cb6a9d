import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { ownerLogin } from '../../harness/server-process.ts';
import { openPage, withoutStreams, type WatchedPage } from '../../harness/watched-page.ts';
import { weakTexts } from './contrast.ts';
import { sticksOut } from './sticks-out.ts';

const everyScreen = [
  '/dashboard',
  '/tickets',
  '/tickets/1',
  '/tickets/1/edit',
  '/tickets/new',
  '/assets',
  '/people',
  '/changes',
];
const someScreens = ['/dashboard', '/tickets', '/tickets/1', '/tickets/1/edit', '/~approvals'];

let installation: Installation;
let browser: Browser;
let app: MadeApp;

beforeAll(async () => {
  installation = await startInstallation();
  app = await makeDemo(installation, 'IT desk');
  await app.publish();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await installation.server.dispose();
});

it('knows weak and wide things when it sees them', async () => {
  const { page, close } = await openPage(browser, installation.server.url, { viewport: { width: 390, height: 844 } });
  await page.setContent(
    '<p style="color:#aaa">weak</p><p style="color:#555">strong</p><div style="width:500px">wide</div><div style="overflow-x:auto;width:100px"><div style="width:900px">scrolls</div></div>',
  );
  expect((await weakTexts(page)).map(({ text }) => text)).toEqual(['weak']);
  expect(await sticksOut(page)).toEqual(['the page is 118 px too wide', 'div "wide"']);
  await close();
});

async function settle(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor();
  await page.waitForLoadState('networkidle');
}

describe.each([
  { name: 'on a phone', screens: everyScreen, viewport: { width: 390, height: 844 }, colorScheme: 'light' as const },
  {
    name: 'on a phone in the dark',
    screens: someScreens,
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark' as const,
  },
  {
    name: 'on a desktop in the dark',
    screens: someScreens,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark' as const,
  },
  { name: 'on a desktop', screens: someScreens, viewport: { width: 1440, height: 900 }, colorScheme: 'light' as const },
])('the published app $name', ({ screens, viewport, colorScheme }) => {
  let user: WatchedPage;

  beforeAll(async () => {
    user = await openPage(browser, installation.server.url, { viewport, colorScheme, hasTouch: viewport.width < 500 });
    await withoutStreams(user);
    await user.context.request.post(routes.account.signIn.path, { data: ownerLogin });
  });
  afterEach((context) => checkPage(user, context));
  afterAll(() => user.close());

  it.each(screens)('shows %s without scrolling sideways, in colours that can be read', async (screen) => {
    await user.page.goto(`/apps/${app.slug}${screen}`);
    await settle(user.page);
    expect(await sticksOut(user.page)).toEqual([]);
    expect(await weakTexts(user.page)).toEqual([]);
  });
});

describe.each(['light', 'dark'] as const)('the builder in %s', (colorScheme) => {
  it('is in colours that can be read', async () => {
    const builder = await openPage(browser, installation.server.url, { colorScheme });
    await withoutStreams(builder);
    await builder.context.request.post(routes.account.signIn.path, { data: ownerLogin });
    for (const path of [
      '/w/workspace/apps',
      '/w/workspace/approvals',
      '/w/workspace/data',
      '/w/workspace/members',
      '/w/workspace/settings',
      `/edit/${app.id}`,
    ]) {
      await builder.page.goto(path);
      await settle(builder.page);
      expect(await weakTexts(builder.page), path).toEqual([]);
    }
    builder.expectClean();
    await builder.close();
  });
});
