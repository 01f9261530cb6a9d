import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { openBuilder } from '../../harness/open-builder.ts';
import type { WatchedPage } from '../../harness/watched-page.ts';
import { openPanel } from '../chinook/builder.ts';

describe('a flow that changed rows start', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;

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

  it('is made by choosing a table, and shows the newest row of it as its example', async () => {
    const panel = await openPanel(page, 'Flows');
    await panel.getByRole('button', { name: 'Add the first flow' }).click();
    const dialog = page.getByRole('dialog', { name: 'New flow' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('New row');
    await dialog.getByRole('radio', { name: /^When a row changes/ }).click();
    await dialog.getByRole('button', { name: 'Add flow' }).click();
    await page.waitForURL(/\/flows\/flw_/);
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await settings.getByPlaceholder('Table', { exact: true }).click();
    await page.getByRole('option', { name: 'tickets', exact: true }).click();
    // The demo's newest ticket, not the example of the manifest.
    await expect.poll(() => settings.locator('pre').innerText()).toContain('"table": "tickets"');
    expect(await settings.locator('pre').innerText()).not.toContain('"Ada"');
    await page.getByText('Saved').waitFor();
  });
});
