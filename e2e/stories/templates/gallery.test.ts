import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, routes } from '@fettle/testing';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { ownerLogin } from '../../harness/server-process.ts';
import { openPage, withoutStreams, type WatchedPage } from '../../harness/watched-page.ts';

// A team without apps finds a template, tries it without leaving a trace, installs it and works with it.
const folder = fileURLToPath(new URL('../../../packages/testing/fixtures/templates', import.meta.url));

let installation: Installation;
let browser: Browser;

beforeAll(async () => {
  installation = await startInstallation({ settings: { FETTLE_TEMPLATES_DIR: folder } });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await installation?.server.dispose();
});

async function open(options: Parameters<typeof openPage>[2] = {}): Promise<WatchedPage> {
  const watched = await openPage(browser, installation.server.url, options);
  await watched.context.request.post(routes.account.signIn.path, { data: ownerLogin });
  await withoutStreams(watched);
  return watched;
}

const params = () => ({ workspaceId: installation.workspaceId });
const appsOf = async () => (await installation.owner.client.call(routes.apps.list, { params: params() })).apps;
const sourcesOf = async () =>
  (await installation.owner.client.call(routes.dataSources.list, { params: params() })).dataSources;

test('a template is found, tried without a trace, installed and used', async () => {
  const watched = await open();
  const { page } = watched;
  await page.goto('/');
  await page.getByRole('button', { name: /Start from a template/ }).click();
  await page.getByRole('heading', { name: 'Templates' }).waitFor();

  await page.getByLabel('Search templates').fill('nothing like it');
  await page.getByText('No template matches').waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByLabel('Search templates').fill('loan');
  // By keyboard: the card is one link, the pictures follow the arrow keys.
  await page.getByRole('link', { name: 'Equipment loans' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Equipment loans' }).waitFor();
  await page.getByRole('img', { name: 'All items, on a desktop' }).waitFor();
  await page.getByRole('button', { name: 'Next screen' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('img', { name: 'An item with its loans, on a desktop' }).waitFor();
  await page.getByText('7 columns, 3 sample rows').waitFor();

  await page.getByRole('link', { name: 'Try it' }).click();
  const tried = page.frameLocator('iframe');
  await tried.getByText('Camera').waitFor();
  await tried
    .getByRole('button', { name: 'New item' })
    .or(tried.getByRole('link', { name: 'New item' }))
    .click();
  await tried.getByLabel('Name').fill('Microphone');
  await tried.getByRole('button', { name: /^(Save|Create|Add)/ }).click();
  await tried.getByText('Microphone').first().waitFor();
  expect(await appsOf()).toEqual([]);
  expect(await sourcesOf()).toEqual([]);
  await page.getByRole('button', { name: 'Start over' }).click();
  await tried.getByText('Camera').waitFor();
  expect(await tried.getByText('Microphone').count()).toBe(0);

  await page.getByRole('button', { name: 'Use this template' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Desk loans');
  await dialog.getByLabel('In the published app as well').check();
  await dialog.getByRole('button', { name: 'Install' }).click();
  await page.getByRole('dialog', { name: 'Equipment loans is installed' }).waitFor();
  expect(page.url()).toContain('/edit/');
  await page.getByText('Give the people at the desk the role Desk.').waitFor();
  await page.getByRole('button', { name: 'Start editing' }).click();
  expect(page.url()).not.toContain('template=');

  const [app] = await appsOf();
  expect(app).toMatchObject({ name: 'Desk loans', hasChanges: false });
  await page.goto(`/apps/${app?.slug ?? ''}`);
  await page.getByText('Camera').first().waitFor();
  await page
    .getByRole('button', { name: 'New item' })
    .or(page.getByRole('link', { name: 'New item' }))
    .click();
  await page.getByLabel('Name').fill('Microphone');
  await page.getByRole('button', { name: /^(Save|Create|Add)/ }).click();
  await page.getByText('Microphone').first().waitFor();
  watched.expectClean();
  await watched.close();
}, 120_000);

test('on a phone nothing is cut off, and the dialog to make an app leads to the gallery', async () => {
  const watched = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const { page } = watched;
  await page.goto('/');
  await page.getByRole('button', { name: 'New app' }).click();
  await page.getByRole('button', { name: /From a template/ }).click();
  await page.getByRole('link', { name: 'Equipment loans' }).click();
  await page.getByRole('img', { name: 'All items, on a phone' }).waitFor();
  const isCut = () => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(await isCut()).toBe(false);
  await page.getByRole('link', { name: 'Try it' }).click();
  await page.frameLocator('iframe').getByText('Camera').waitFor();
  expect(await isCut()).toBe(false);
  await page.getByRole('combobox', { name: 'See it as' }).click();
  await page.getByRole('option', { name: 'As Desk' }).click();
  await page.frameLocator('iframe').getByText('Camera').waitFor();
  watched.expectClean();
  await watched.close();
}, 120_000);

test('members who build nothing see no templates', async () => {
  const member = await installation.addPerson('member@example.com', 'member');
  const reply = await member.send('GET', `/api/workspaces/${installation.workspaceId}/templates`);
  expect(reply.status).toBe(403);
});
