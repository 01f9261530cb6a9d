import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '@fettle/testing';
import { makeDemo, screenOf, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, memberPassword, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { openPage, withoutStreams, type WatchedPage } from '../../harness/watched-page.ts';

const wide = { viewport: { width: 1280, height: 900 }, colorScheme: 'light' } as const;
const phone = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;

describe.each([
  { name: 'on a desk', options: wide },
  { name: 'on a phone in the dark', options: phone },
])('the page of an app $name', ({ options }) => {
  let installation: Installation;
  let app: MadeApp;
  let browser: Browser;
  let visitor: WatchedPage;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'IT desk');
    const tickets = screenOf(app, 'tickets');
    const button = Object.entries(tickets.components).find(([, { type }]) => type === 'core/button')?.[0] ?? '';
    await app.publish([
      { type: 'componentAccess.set', screen: tickets.id, component: button, access: { roles: ['admin'] } },
    ]);
    await installation.addPerson('ada@example.com', 'member');
    browser = await launchBrowser();
    visitor = await openPage(browser, installation.server.url, options);
    await withoutStreams(visitor);
    visitor.allow(/401 GET \/api\/run\/[^/]+\/definition$/);
    visitor.allow(/401 POST \/api\/session\/refresh$/);
    const { page } = visitor;
    await page.goto(`/apps/${app.slug}/tickets`);
    await page.locator('input[type=email]').fill('ada@example.com');
    await page.locator('input[type=password]').fill(memberPassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Tickets' }).waitFor();
    // The process that renders is started by the first page, of each server there is.
    let rendered = 0;
    for (const end = Date.now() + 15_000; Date.now() < end && rendered < 4;) {
      const html = await (await visitor.context.request.get(`/apps/${app.slug}/tickets`)).text();
      rendered = html.includes('<div inert') ? rendered + 1 : 0;
      if (rendered === 0) await page.waitForTimeout(50);
    }
  });
  afterEach((context) => checkPage(visitor, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  /** What the server renders. It may have to start its process first, and code runs slowly the first time. */
  async function rendered(path: string): Promise<string> {
    for (const end = Date.now() + 15_000; Date.now() < end;) {
      const html = await (await visitor.context.request.get(`/apps/${app.slug}${path}`)).text();
      const [, screen] = /<div inert[^>]*>(.*)<\/div><script type="application\/json"/s.exec(html) ?? [];
      if (screen !== undefined) return screen;
      await visitor.page.waitForTimeout(50);
    }
    throw new Error(`${path} was not rendered.`);
  }

  const firstRow = (): Promise<{ readonly text: string; readonly x: number; readonly y: number } | undefined> =>
    visitor.page.evaluate(() => {
      const row = document.querySelector('[role="grid"] [data-cell^="0:"], main li [role="button"]');
      const box = row?.getBoundingClientRect();
      return row === null || box === undefined
        ? undefined
        : { text: row.textContent, x: Math.round(box.x), y: Math.round(box.y) };
    });

  it('has its rows before any script runs, where they will stay', async () => {
    const { page } = visitor;
    await page.goto(`/apps/${app.slug}/tickets`);
    await page.waitForFunction(() => document.querySelector('#root [inert]') === null);
    const finished = await firstRow();
    const { background } = await look();
    visitor.allow(/^request: net::ERR_FAILED GET \/assets\//);
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.goto(`/apps/${app.slug}/tickets`);
    expect(await page.locator('#root > [inert]').count()).toBe(1);
    expect(finished?.text.length).toBeGreaterThan(3);
    expect(await firstRow()).toEqual(finished);
    expect(await look()).toEqual({ background, scheme: options.colorScheme });
    await page.unroute('**/assets/*.js');
  });

  function look(): Promise<{ readonly background: string; readonly scheme: string | null }> {
    return visitor.page.evaluate(() => ({
      background: getComputedStyle(document.body).backgroundColor,
      scheme: document.documentElement.getAttribute('data-mantine-color-scheme'),
    }));
  }

  it('asks for nothing again, and is the app from then on', async () => {
    const { page } = visitor;
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      // What is new for the person is no part of the page.
      const isInbox = /\/(notifications|approvals)\//.test(pathname);
      if (pathname.startsWith('/api/') && !isInbox) asked.push(`${request.method()} ${pathname.replace(/^.*\//, '')}`);
    });
    await page.goto(`/apps/${app.slug}/tickets`);
    await page.waitForFunction(() => document.querySelector('#root [inert]') === null);
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual([]);
    await page.getByPlaceholder('Search').first().fill('printer');
    await page.waitForResponse((response) => response.url().endsWith('/list') && response.ok());
    expect(asked).toEqual(['POST list']);
  });

  it('is not shown where the browser would show it otherwise', async () => {
    const { page, context } = visitor;
    await page.route('**/assets/*.js', (route) => route.abort());
    await context.addCookies([
      { name: 'fettle_view', value: 'en-GB~Pacific%2FKiritimati~wide', url: installation.server.url },
    ]);
    await page.goto(`/apps/${app.slug}/tickets`);
    expect(await page.locator('#root > [inert]').count()).toBe(1);
    expect(await page.getByRole('heading', { name: 'Tickets' }).isVisible()).toBe(false);
    // The page has noted what is true: the next one is right.
    await page.goto(`/apps/${app.slug}/tickets`);
    expect(await page.getByRole('heading', { name: 'Tickets' }).isVisible()).toBe(true);
    await page.unroute('**/assets/*.js');
  });

  it('has nothing in it that the person may not see', async () => {
    const { page } = visitor;
    const screen = await rendered('/tickets');
    expect([screen.includes('data-fettle-screen'), screen.includes('New ticket')]).toEqual([true, false]);
    const stranger = await (await fetch(`${installation.server.url}/apps/${app.slug}/tickets`)).text();
    expect(stranger.includes('Tickets')).toBe(false);
    expect(await page.getByRole('button', { name: 'New ticket' }).count()).toBe(0);
  });

  it.each([
    '/dashboard',
    '/tickets',
    '/tickets/1',
    '/tickets/1/edit',
    '/tickets/new',
    '/assets',
    '/people',
    '/changes',
  ])('can be rendered at %s', async (path) => {
    expect((await rendered(path)).includes('data-fettle-screen')).toBe(true);
  });
});
