import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes } from '@fettle/testing';
import { makeApp, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { openBuilder } from '../../harness/open-builder.ts';
import type { WatchedPage } from '../../harness/watched-page.ts';
import { openPanel, publish } from '../chinook/builder.ts';

describe('flows that something outside starts', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;
  let file: DatabaseSync;

  beforeAll(async () => {
    installation = await startInstallation();
    const folder = join(installation.server.folder, 'sqlite');
    mkdirSync(folder, { recursive: true });
    file = new DatabaseSync(join(folder, 'shop.sqlite'));
    file.exec('create table orders (id integer primary key, customer text)');
    file.exec(`insert into orders values (1, 'Grace')`);
    const { dataSource } = await installation.owner.client.call(routes.dataSources.create, {
      params: { workspaceId: installation.workspaceId },
      body: {
        name: 'Shop',
        kind: 'external',
        connector: 'core/sqlite',
        development: { settings: { file: 'shop.sqlite' } },
      },
    });
    app = await makeApp(installation, { name: 'Shop desk', dataSource: dataSource.id, tables: ['orders'] });
    await app.publish();
    browser = await launchBrowser();
    builder = await openBuilder(browser, installation, `/edit/${app.id}`);
    page = builder.page;
  }, 60_000);
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    file.close();
    await browser.close();
    await installation.server.dispose();
  });

  const state = (): Locator => page.getByRole('status', { name: 'State of the trigger' });
  const shoot = async (name: string): Promise<void> => {
    const folder = process.env['STORY_SHOTS'];
    if (folder === undefined) return;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
    }
    await page.emulateMedia({ colorScheme: 'light' });
  };

  it('are made by choosing a table and a column, and say how they are once they are live', async () => {
    const panel = await openPanel(page, 'Flows');
    await panel.getByRole('button', { name: 'Add the first flow' }).click();
    const dialog = page.getByRole('dialog', { name: 'New flow' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('New order');
    await dialog.getByRole('radio', { name: /^When another program writes a row/ }).click();
    await shoot('sources-choice');
    await dialog.getByRole('button', { name: 'Add flow' }).click();
    await page.waitForURL(/\/flows\/flw_/);
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await settings.getByPlaceholder('Table', { exact: true }).click();
    await page.getByRole('option', { name: 'orders', exact: true }).click();
    await settings.getByRole('combobox', { name: 'Column that grows' }).click();
    await page.getByRole('option', { name: /id/i }).first().click();
    await settings.getByRole('textbox', { name: 'Look every (seconds)' }).fill('1');
    await expect.poll(() => settings.locator('pre').innerText()).toContain('"Grace"');
    await state().getByText('does not start the flow this way yet').waitFor();
    const fetched = settings.getByRole('status', { name: 'What was fetched' });
    await settings.getByRole('button', { name: 'Try now' }).click();
    await fetched.getByText('This came from there just now.').waitFor();
    await shoot('sources-tried');
    await settings.getByRole('button', { name: 'Run dry with it' }).click();
    const dry = page.getByRole('region', { name: 'Runs' });
    await dry.getByText('Succeeded', { exact: true }).waitFor();
    await dry.getByRole('button', { name: 'Close runs' }).click();
    file.exec('delete from orders');
    await settings.getByRole('button', { name: 'Try now' }).click();
    await fetched.getByText('There is nothing at the moment.').waitFor();
    file.exec(`insert into orders values (1, 'Grace')`);
    await page.getByText('Saved').waitFor();
    await publish(page, 'Orders of others');
    await state().getByText('Looks for rows').waitFor();
    await state().getByText('Nothing has come yet. Stands at id 1.').waitFor();
    file.exec(`insert into orders values (2, 'Ada')`);
    await state().getByText('One start so far, the last just now. Stands at id 2.').waitFor();
    await shoot('sources-works');
    const { runs } = await installation.owner.client.call(routes.flows.runs, {
      params: { appId: app.id },
      query: { limit: 10, environment: 'production' },
    });
    expect(runs).toHaveLength(1);
  });
});
