import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { ownerLogin } from '../../harness/server-process.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';
import { openPanel } from '../chinook/builder.ts';

const teal = 'rgb(11,114,133)';

describe('roles, theme and releases of an app', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'IT desk');
    await app.publish();
    browser = await launchBrowser();
    builder = await openPage(browser, installation.server.url);
    page = builder.page;
    builder.allow(/401 POST \/api\/session\/refresh$/);
    await page.goto(`/edit/${app.id}`);
    await page.getByLabel('E-mail').fill(ownerLogin.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(ownerLogin.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('svg text', { hasText: 'Nobody yet' }).waitFor();
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  it('a new role is named by typing', async () => {
    const panel = await openPanel(page, 'Roles and access');
    await panel.getByRole('button', { name: 'Add role' }).click();
    await page.keyboard.type('Desk lead');
    await page.keyboard.press('Enter');
    const names = () =>
      panel
        .getByRole('textbox', { name: 'Role name' })
        .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
    await expect.poll(names).toEqual(['Desk lead']);
    await expect
      .poll(async () => {
        const { definition } = await installation.owner.client.call(routes.apps.draft, { params: { appId: app.id } });
        return (definition as { access: { roles: { name: string }[] } }).access.roles.map(({ name }) => name);
      })
      .toEqual(['Desk lead']);
  });

  it('charts on the canvas show all of their labels', async () => {
    const cut = await page.locator('figure svg').evaluateAll((drawings) =>
      drawings.flatMap((drawing) => {
        const box = drawing.getBoundingClientRect();
        return [...drawing.querySelectorAll('text')]
          .filter((text) => {
            const { left, right, width } = text.getBoundingClientRect();
            return width > 0 && (left < box.left - 1 || right > box.right + 1);
          })
          .map(({ textContent }) => textContent);
      }),
    );
    expect(cut).toEqual([]);
  });

  it('a new main colour reaches them at once', async () => {
    const panel = await openPanel(page, 'Theme and navigation');
    const colour = panel.getByRole('textbox', { name: 'Main colour' });
    await colour.fill('#0b7285');
    await colour.press('Enter');
    const fills = () =>
      page
        .locator('figure svg path')
        .evaluateAll((paths) => [
          ...new Set(paths.map((path) => path.getAttribute('fill')?.replaceAll(' ', '') ?? '')),
        ]);
    await expect.poll(fills).toContain(teal);
  });

  it('a release is made of both, and compared with the one before', async () => {
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('menuitem', { name: /^Publish changes/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Changed theme').waitFor();
    await dialog.getByRole('button', { name: /^Publish/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('menuitem', { name: /^Releases/ }).click();
    const releases = page.getByRole('dialog', { name: 'Releases' });
    await releases.getByRole('button', { name: 'Compare with live' }).click();
    await releases.getByText('primary: "#0b7285" → "#3b5bdb"').waitFor();
  });
});
