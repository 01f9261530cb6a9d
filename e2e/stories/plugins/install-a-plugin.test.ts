import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes } from '@fettle/testing';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { runFettle } from '../../harness/run-fettle.ts';
import { ownerLogin } from '../../harness/server-process.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';

const feeds = fileURLToPath(new URL('../../../plugins/feeds', import.meta.url));
const document = `<rss version="2.0"><channel><title>Releases</title>
  <item><guid>2</guid><title>Version two</title><link>https://example.com/2</link></item>
  <item><guid>1</guid><title>Version one</title></item></channel></rss>`;

describe('a plugin is installed, used and removed', () => {
  let installation: Installation;
  let browser: Browser;
  let admin: WatchedPage;
  let page: Page;
  let outside: Server;
  let folder: string;
  let archive: string;
  let address: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-story-plugin-'));
    archive = join(folder, 'feeds.tgz');
    const packed = await runFettle(['plugin', 'pack', feeds, '--output', archive]);
    expect(packed.code, packed.stderr).toBe(0);
    outside = createServer((_request, response) => response.end(document));
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    const { port } = outside.address() as AddressInfo;
    address = `http://127.0.0.1:${port}/releases.rss`;
    installation = await startInstallation({ settings: { FETTLE_ALLOWED_HOSTS: `127.0.0.1:${port}` } });
    browser = await launchBrowser();
    admin = await openPage(browser, installation.server.url);
    page = admin.page;
    admin.allow(/401 POST \/api\/session\/refresh$/);
    await page.goto('/');
    await page.getByLabel('E-mail').fill(ownerLogin.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(ownerLogin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('tab', { name: 'Plugins' }).click();
  });
  afterEach((context) => checkPage(admin, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
    outside.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('shows what it asks for before it is there', async () => {
    await page.getByText('No plugins').waitFor();
    await page.getByRole('button', { name: 'Install a plugin' }).click();
    const dialog = page.getByRole('dialog', { name: 'Install a plugin' });
    await dialog.locator('input[type=file]').setInputFiles(archive);
    await dialog.getByRole('button', { name: 'Look at it' }).click();
    await dialog.getByRole('heading', { name: 'Feeds' }).waitFor();
    // What it says is read next, also by those who do not see it; and the way back leads to where one was.
    const focused = () => page.evaluate(() => globalThis.document.activeElement?.textContent ?? '');
    expect(await focused()).toBe('Feeds');
    await dialog.getByRole('button', { name: 'Back' }).click();
    await dialog.getByRole('button', { name: 'Packed plugin' }).waitFor();
    await expect
      .poll(() => page.evaluate(() => globalThis.document.activeElement?.closest('form') !== null))
      .toBe(true);
    await dialog.locator('input[type=file]').setInputFiles(archive);
    await dialog.getByRole('button', { name: 'Look at it' }).click();
    await dialog.getByRole('heading', { name: 'Feeds' }).waitFor();
    await dialog.getByText('Send requests to the addresses that builders enter in its settings').waitFor();
    await dialog
      .getByText(/Not signed/)
      .first()
      .waitFor();
    await dialog.getByRole('button', { name: 'Agree and install' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('listitem', { name: 'Feeds' }).waitFor();
  });

  it('its connector reads what the workspace asks for', async () => {
    const { client } = installation.owner;
    const { user } = await client.call(routes.account.session, {});
    const workspaceId = user?.workspaces[0]?.id ?? '';
    const { dataSource } = await client.call(routes.dataSources.create, {
      params: { workspaceId },
      body: {
        name: 'Releases',
        kind: 'external',
        connector: 'feeds/feed',
        development: { settings: { addresses: address } },
      },
    });
    await page.goto(page.url().replace(/\/settings.*/, `/data/${dataSource.id}`));
    await page.getByText('entries', { exact: true }).first().click();
    await page.getByText('Version two').first().waitFor();
  });

  it('says where it is used, and what it leaves behind', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('tab', { name: 'Plugins' }).click();
    await page.getByRole('switch', { name: 'Feeds is on' }).press('Space');
    await page.getByText('off', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove Feeds' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove Feeds?' });
    await dialog.getByText('Releases').waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No plugins').waitFor();
  });
});
