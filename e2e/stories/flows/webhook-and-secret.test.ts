import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { openBuilder } from '../../harness/open-builder.ts';
import type { WatchedPage } from '../../harness/watched-page.ts';
import { openPanel } from '../chinook/builder.ts';

describe('a flow that another system starts', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;
  let address: string;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'Orders');
    browser = await launchBrowser();
    builder = await openBuilder(browser, installation, `/edit/${app.id}`);
    page = builder.page;
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  it('is made with a secret that is stored in passing', async () => {
    const panel = await openPanel(page, 'Flows');
    await panel.getByRole('button', { name: 'Add the first flow' }).click();
    const dialog = page.getByRole('dialog', { name: 'New flow' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('New order');
    await dialog.getByRole('radio', { name: /^When a webhook/ }).click();
    await dialog.getByRole('button', { name: 'Add flow' }).click();
    await page.waitForURL(/\/flows\/flw_/);
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await settings.getByRole('textbox', { name: 'Path' }).fill('new-order');
    await settings.getByPlaceholder('No secret is stored yet').click();
    await page.getByRole('option', { name: /^Store a new secret/ }).click();
    const secret = page.getByRole('dialog', { name: 'New secret' });
    await secret.getByRole('textbox', { name: 'Name' }).fill('shop_token');
    await secret.getByRole('textbox', { name: 'Value' }).fill('a-token-of-the-shop');
    await page.keyboard.press('Enter');
    await secret.waitFor({ state: 'detached' });
    address = `${installation.server.url}/api/hooks/${app.slug}/new-order`;
    await settings.getByText(address, { exact: true }).waitFor();
    await page.getByText('Saved').waitFor();
  });

  it('is started by whoever has the secret, once the app is published', async () => {
    const call = (token: string) =>
      fetch(address, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{"order": 7}',
      });
    expect((await call('a-token-of-the-shop')).status).toBe(404);
    await app.publish();
    await expect.poll(async () => (await call('a-token-of-the-shop')).status, { timeout: 5_000 }).toBe(202);
    expect((await call('another')).status).toBe(401);
  });

  it('has its runs in the builder, and the secret in the settings, without its value', async () => {
    await page.getByRole('button', { name: 'Runs' }).click();
    await page.getByLabel('Succeeded').first().waitFor();
    await page.goto('/');
    await page.waitForURL(/\/apps$/);
    await page.goto(page.url().replace(/\/apps$/, '/settings/secrets'));
    await page.getByRole('cell', { name: 'shop_token', exact: true }).waitFor();
    expect(await page.content()).not.toContain('a-token-of-the-shop');
    await page.getByRole('button', { name: 'Delete shop_token' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No secrets').waitFor();
  });
});
