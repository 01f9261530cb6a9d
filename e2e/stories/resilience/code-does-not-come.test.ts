import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, routes } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { ownerLogin } from '../../harness/server-process.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';
import { openPanel } from '../chinook/builder.ts';

describe('a page whose code does not come', () => {
  let installation: Installation;
  let app: MadeApp;
  let browser: Browser;
  let user: WatchedPage;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'IT desk');
    await app.publish();
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    user = await openPage(browser, installation.server.url);
    user.allow(/401 (POST|GET) /);
    await user.page.goto('/');
    await user.page.getByLabel('E-mail').fill(ownerLogin.email);
    await user.page.getByRole('textbox', { name: 'Password' }).fill(ownerLogin.password);
    await user.page.getByRole('button', { name: 'Sign in' }).click();
    await user.page.getByRole('heading', { name: 'Apps' }).waitFor();
  });
  afterEach(async (context) => {
    await checkPage(user, context);
    await user.close();
  });
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  /** From now on the connection breaks when files like this are asked for. */
  async function breakOff(file: string): Promise<() => Promise<void>> {
    user.allow(/request: net::ERR_FAILED GET \/assets\//);
    user.allow(/dynamically imported module|not-loaded|error occurred in/);
    await user.page.route(file, (route) => route.abort());
    return () => user.page.unroute(file);
  }

  /** From now on the server is of a newer build, which has no files like this; what people open is still served. */
  async function upgrade(file: string): Promise<() => Promise<void>> {
    user.allow(/response: 404 GET \/assets\//);
    user.allow(/dynamically imported module|not-loaded|error occurred in/);
    await user.page.route(file, (route) => route.fulfill({ status: 404, body: 'Not found' }));
    await user.page.route(/\/(w|edit|apps)\//, async (route) => {
      if (route.request().resourceType() !== 'fetch' || route.request().url().includes('/api/'))
        return route.fallback();
      const page = await route.fetch();
      const body = (await page.text()).replace(/(src="\/assets\/(?:builder|app))-/, '$1-newer-');
      return route.fulfill({ response: page, body });
    });
    return () => user.page.unroute(file);
  }

  /** How often the page was loaded since. */
  function countLoads(): () => number {
    let loads = 0;
    user.page.on('request', (request) => {
      if (request.isNavigationRequest()) loads += 1;
    });
    return () => loads;
  }

  const tellsSo = () => user.page.getByRole('alert').filter({ hasText: 'could not be loaded' });

  it('says so in its place when the connection breaks, and the rest of the builder goes on', async () => {
    const { page } = user;
    const loads = countLoads();
    const mend = await breakOff('**/assets/data-page-*.js');
    await page.getByRole('link', { name: 'Data' }).click();
    await tellsSo().waitFor();
    expect(await tellsSo().count()).toBe(1);
    await page.getByRole('link', { name: 'Apps' }).click();
    await page.getByRole('heading', { name: 'Apps' }).waitFor();
    expect(await tellsSo().count()).toBe(0);
    await page.getByRole('link', { name: 'Data' }).click();
    await tellsSo().waitFor();
    expect(loads()).toBe(0);
    await mend();
    await tellsSo().getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: 'Data' }).waitFor();
    expect(loads()).toBe(1);
  });

  it('says it once, also when its place is slower than the page', async () => {
    const { page } = user;
    await page.evaluate(() => void dispatchEvent(new Event('vite:preloadError')));
    await tellsSo().getByRole('button', { name: 'Not now' }).waitFor();
    await breakOff('**/assets/data-page-*.js');
    await page.getByRole('link', { name: 'Data' }).click();
    await page.locator('[data-fettle-load-failure]').waitFor();
    expect(await tellsSo().count()).toBe(1);
  });

  it('loads itself again after an upgrade, once', async () => {
    const { page } = user;
    const loads = countLoads();
    const mend = await upgrade('**/assets/data-page-*.js');
    // What the newer build has not got either must not make the page reload for ever.
    await page.getByRole('link', { name: 'Data' }).click();
    await tellsSo().waitFor();
    await expect.poll(loads).toBe(1);
    await tellsSo().waitFor();
    await page.waitForTimeout(1500);
    expect(loads()).toBe(1);
    await mend();
    await tellsSo().getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: 'Data' }).waitFor();
    expect(page.url()).toMatch(/\/data/);
  });

  it('does not reload while something is unsaved', async () => {
    const { page } = user;
    await page.goto(`/edit/${app.id}`);
    const panel = await openPanel(page, 'Flows');
    const loads = countLoads();
    user.allow(/request: net::ERR_FAILED POST \/api\/apps\//);
    const edits = `**/api/apps/${app.id}/draft/commands`;
    await page.route(edits, (route) => route.abort());
    await upgrade('**/assets/flow-editor-*.js');
    await panel.getByRole('button', { name: 'Add the first flow' }).click();
    const dialog = page.getByRole('dialog', { name: 'New flow' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Kept');
    await dialog.getByRole('button', { name: 'Add flow' }).click();
    await tellsSo().first().waitFor();
    await page.waitForTimeout(1000);
    expect(loads()).toBe(0);
    await page.unroute(edits);
    await expect
      .poll(
        async () => {
          const { client } = installation.owner;
          const { definition } = await client.call(routes.apps.draft, { params: { appId: app.id } });
          return JSON.stringify(definition['flows']).includes('"kept"');
        },
        { timeout: 40_000 },
      )
      .toBe(true);
  });

  it('keeps what somebody typed into an app, and says what to do', async () => {
    const { page } = user;
    await page.goto(`/apps/${app.slug}/tickets`);
    await page.getByRole('heading', { name: 'Tickets' }).waitFor();
    const loads = countLoads();
    const search = page.getByRole('main').getByRole('searchbox').or(page.getByRole('main').locator('input')).first();
    await search.fill('printer');
    await upgrade('**/assets/notification-panel-*.js');
    await page.getByRole('button', { name: /^Notifications/ }).click();
    await tellsSo().waitFor();
    expect(await tellsSo().textContent()).toContain('Fettle was upgraded');
    await page.waitForTimeout(1000);
    expect(loads()).toBe(0);
    expect(await search.inputValue()).toBe('printer');
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(await tellsSo().count()).toBe(0);
  });

  it.each([
    { of: 'the builder', path: '/', file: '**/assets/builder-*.js', title: 'Apps' },
    { of: 'an app', path: '/apps/it-desk/tickets', file: '**/assets/app-*.js', title: 'Tickets' },
  ])('is not blank when $of cannot start', async ({ path, file, title }) => {
    const { page } = user;
    const mend = await breakOff(file);
    await page.goto(path);
    await tellsSo().waitFor();
    // In a window of another width, what the server rendered is not shown: nothing else is there then.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(path);
    await page.getByRole('alert').getByText('This page could not be loaded').waitFor();
    await mend();
    await tellsSo().getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await tellsSo().count()).toBe(0);
  });
});
