import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type AppInfo } from '@fettle/testing';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { ownerLogin } from '../../harness/server-process.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';

describe('building with the keyboard alone', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: AppInfo;

  beforeAll(async () => {
    installation = await startInstallation();
    browser = await launchBrowser();
    builder = await openPage(browser, installation.server.url);
    page = builder.page;
    builder.allow(/401 POST \/api\/session\/refresh$/);
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  /** Presses Tab until something with this role and name has the focus. */
  const tabTo = async (role: string, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
    for (let turn = 0; turn < 120; turn += 1) {
      const focused = page.locator(':focus');
      if ((await focused.count()) > 0) {
        const snapshot = await focused.ariaSnapshot();
        const [first = ''] = snapshot.split('\n');
        if (first.startsWith(`- ${role}`) && name.test(first)) return;
      }
      await page.keyboard.press(key);
    }
    throw new TypeError(`The keyboard does not get to ${role} ${String(name)}.`);
  };
  /** What stands on the screen, in order: types of the children of its root. */
  const children = async (): Promise<readonly string[]> => {
    await page.getByRole('status').getByText('Saved').waitFor();
    const { definition } = await installation.owner.client.call(routes.apps.draft, { params: { appId: app.id } });
    const [screen] = Object.values(
      definition['screens'] as Record<
        string,
        { root: string; components: Record<string, { type: string; slots?: { children?: string[] } }> }
      >,
    );
    return (screen?.components[screen.root]?.slots?.children ?? []).map((id) => screen?.components[id]?.type ?? '');
  };
  const toBe = (expected: readonly string[]): Promise<void> =>
    expect.poll(children, { timeout: 10_000 }).toEqual(expected);
  const add = async (search: string, title: RegExp): Promise<void> => {
    await tabTo('application', /Canvas/, 'Tab');
    await page.keyboard.press('/');
    await page.getByRole('textbox', { name: 'Search components' }).waitFor();
    await tabTo('textbox', /Search components/);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(search);
    await tabTo('button', title);
  };

  it('signs in and makes a blank app', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await tabTo('textbox', /E-mail/);
    await page.keyboard.type(ownerLogin.email);
    await tabTo('textbox', /Password/);
    await page.keyboard.type(ownerLogin.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What would you like to begin with?' }).waitFor();
    await tabTo('button', /Start from scratch/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'New app' }).waitFor();
    await tabTo('textbox', /Name/);
    await page.keyboard.type('Keys');
    await page.keyboard.press('Enter');
    await page.getByRole('application', { name: /^Canvas/ }).waitFor();
    app = (
      await installation.owner.client.call(routes.apps.list, { params: { workspaceId: installation.workspaceId } })
    ).apps[0] as AppInfo;
  });

  it('adds components out of the palette', async () => {
    await add('heading', /Heading/);
    await page.keyboard.press('Enter');
    await toBe(['core/heading']);
    await add('divider', /Divider/);
    await page.keyboard.press('Enter');
    await toBe(['core/heading', 'core/divider']);
  });

  it('picks one up, carries it to its place and lets go', async () => {
    await add('badge', /Badge/);
    await page.keyboard.press('Space');
    await page.waitForTimeout(150);
    await page.keyboard.press('ArrowDown');
    await page.locator('#drop-line').waitFor();
    await page.keyboard.press('Space');
    await toBe(['core/badge', 'core/heading', 'core/divider']);
  });

  it('selects, moves, duplicates and deletes on the canvas', async () => {
    await tabTo('application', /Canvas/);
    await page.keyboard.press('Alt+ArrowDown');
    await toBe(['core/heading', 'core/badge', 'core/divider']);
    await page.keyboard.press('ControlOrMeta+D');
    await toBe(['core/heading', 'core/badge', 'core/badge', 'core/divider']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Delete');
    await toBe(['core/heading', 'core/badge', 'core/badge']);
  });

  it('takes all of it back and does it again', async () => {
    for (const expected of [
      ['core/heading', 'core/badge', 'core/badge', 'core/divider'],
      ['core/heading', 'core/badge', 'core/divider'],
      ['core/badge', 'core/heading', 'core/divider'],
      ['core/heading', 'core/divider'],
    ]) {
      await page.keyboard.press('ControlOrMeta+Z');
      await toBe(expected);
    }
    for (let turn = 0; turn < 4; turn += 1) await page.keyboard.press('ControlOrMeta+Shift+Z');
    await toBe(['core/heading', 'core/badge', 'core/badge']);
  });
});
