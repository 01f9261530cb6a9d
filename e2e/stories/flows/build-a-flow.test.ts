import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { openBuilder } from '../../harness/open-builder.ts';
import type { WatchedPage } from '../../harness/watched-page.ts';
import { fillBinding, openPanel } from '../chinook/builder.ts';
import { cardOf, dragTo, flowCanvas, outlineOf, renameStep, takeFromPalette, type Outline } from './flow-editor.ts';

describe('building a flow: access request, approval, account, and an incident when it fails', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'Access desk');
    browser = await launchBrowser();
    builder = await openBuilder(browser, installation, undefined, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    page = builder.page;
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  const toBe = (expected: readonly Outline[], flow = 'accessRequest'): Promise<void> =>
    expect.poll(() => outlineOf(page, installation, app.id, flow), { timeout: 10_000 }).toEqual(expected);
  const place = (id: string) => page.locator(`[data-place="${id}"]`);
  const idOf = async (name: string): Promise<string> =>
    ((await cardOf(page, name).getAttribute('id')) ?? '').replace('flow-card-', '');

  it('adds a flow that an app starts, at an address of its own', async () => {
    await page.goto(`/edit/${app.id}`);
    const panel = await openPanel(page, 'Flows');
    await panel.getByRole('button', { name: 'Add the first flow' }).click();
    const dialog = page.getByRole('dialog', { name: 'New flow' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Access request');
    await dialog.getByRole('radio', { name: /^Started from an app/ }).click();
    await dialog.getByRole('button', { name: 'Add flow' }).click();
    await page.waitForURL(/\/flows\/flw_/);
    await page.getByRole('group', { name: 'Trigger: Started from an app' }).waitFor();
    await toBe([]);
  });

  it('puts approval, a try with its steps, and what is done on failure, by keyboard alone', async () => {
    await flowCanvas(page).focus();
    await page.keyboard.press('a');
    await takeFromPalette(page, 'manager');
    await renameStep(page, 'askManager');
    await page.keyboard.press('+');
    await takeFromPalette(page, 'catch');
    await renameStep(page, 'giveAccess');
    // Into the empty lane, then behind the step in it, then to the lane beside.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await takeFromPalette(page, 'log');
    await renameStep(page, 'createAccount');
    await page.keyboard.press('a');
    await takeFromPalette(page, 'log');
    await renameStep(page, 'notify');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('a');
    await takeFromPalette(page, 'log');
    await renameStep(page, 'openIncident');
    await toBe(['askManager', ['giveAccess', { steps: ['createAccount', 'notify'], catch: ['openIncident'] }]]);
  });

  it('says what is selected and where it stands', async () => {
    await expect
      .poll(() => page.getByRole('status').allTextContents())
      .toContainEqual(
        expect.stringMatching(/^Open incident, Log a message, step 1 of 1, in If something fails of Give access/),
      );
    await page.keyboard.press('Escape');
    await expect
      .poll(() => page.getByRole('status').allTextContents())
      .toContainEqual(expect.stringMatching(/^Give access, Try, step 2 of 2/));
  });

  it('drags a decision out of the panel and the steps into its way', async () => {
    const panel = await openPanel(page, 'Add a step');
    await dragTo(page, panel.getByRole('button', { name: 'If', exact: true }), place('/steps:1'));
    await renameStep(page, 'approved');
    const branch = await idOf('approved');
    const way = page.locator(`[data-place^="${branch}/"]`).first();
    await dragTo(page, cardOf(page, 'giveAccess'), way);
    await toBe([
      'askManager',
      ['approved', { 'branches/0': [['giveAccess', { steps: ['createAccount', 'notify'], catch: ['openIncident'] }]] }],
    ]);
    await page.keyboard.press('ControlOrMeta+Z');
    await toBe([
      'askManager',
      'approved',
      ['giveAccess', { steps: ['createAccount', 'notify'], catch: ['openIncident'] }],
    ]);
    await page.keyboard.press('ControlOrMeta+Shift+Z');
  });

  it('calls a drag off with Escape, and moves nothing then', async () => {
    const box = await cardOf(page, 'askManager').boundingBox();
    if (box === null) throw new TypeError('The card is not on the page.');
    await page.mouse.move(box.x + 80, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 80, box.y + 240, { steps: 8 });
    await page.locator('[data-drop="here"]').waitFor();
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await page.locator('[data-drop]').first().waitFor({ state: 'detached' });
    await toBe([
      'askManager',
      ['approved', { 'branches/0': [['giveAccess', { steps: ['createAccount', 'notify'], catch: ['openIncident'] }]] }],
    ]);
  });

  it('names what is missing, leads there, and is content when it is filled in', async () => {
    const panel = await openPanel(page, 'Problems');
    await panel.getByRole('button', { name: /Approved.*has no condition/s }).click();
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await settings.getByRole('button', { name: /^Condition/ }).click();
    // Out of the data that is there: what the manager answered.
    const picker = page.getByRole('tree', { name: 'Data to put in' });
    await picker.getByRole('button', { name: /^approved/ }).click();
    await page.keyboard.press('Escape');
    await page.locator('button', { hasText: 'steps.askManager.output.approved' }).first().waitFor();
    await panel.getByRole('button', { name: /Ask manager.*asks nothing/s }).click();
    await settings.getByRole('textbox', { name: 'Question' }).fill('May they have access?');
    await settings.getByPlaceholder('Choose, or type an address').first().fill('boss@example.com');
    await page.keyboard.press('Enter');
    for (const [name, message] of [
      ['createAccount', 'Account for {{ trigger.email }}'],
      ['notify', 'Told {{ trigger.email }}: {{ steps.createAccount.output.message }}'],
      ['openIncident', 'Failed: {{ error.message }}'],
    ] as const) {
      await cardOf(page, name).click();
      await fillBinding(page, settings.getByRole('textbox', { name: 'Message' }), message);
    }
    await panel.getByText('No problems').waitFor();
  });

  it('copies steps into another flow under ids of their own', async () => {
    await cardOf(page, 'giveAccess').click();
    await flowCanvas(page).focus();
    await page.keyboard.press('ControlOrMeta+C');
    const before = await idOf('giveAccess');
    const panel = await openPanel(page, 'Flows');
    await panel.getByRole('button', { name: 'Add flow' }).click();
    const dialog = page.getByRole('dialog', { name: 'New flow' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Second');
    await page.keyboard.press('Enter');
    await page.getByRole('application', { name: /^Steps of second/ }).focus();
    await page.keyboard.press('ControlOrMeta+V');
    await cardOf(page, 'giveAccess').waitFor();
    expect(await idOf('giveAccess')).not.toBe(before);
    await page.keyboard.press('ControlOrMeta+D');
    await cardOf(page, 'giveAccess2').waitFor();
    await page.keyboard.press('Delete');
    await toBe([['giveAccess', { steps: ['createAccount', 'notify'], catch: ['openIncident'] }]], 'second');
  });

  it('disables, folds and notes, and all of it is there after a reload', async () => {
    await page.goBack();
    await page.getByRole('application', { name: /^Steps of accessRequest/ }).focus();
    await cardOf(page, 'notify').click();
    await flowCanvas(page).focus();
    await page.keyboard.press('d');
    await page.getByRole('tab', { name: 'Note' }).click();
    await page.getByRole('textbox', { name: 'Note' }).fill('By mail, later by chat');
    await page.getByRole('status').getByText('Saved').waitFor();
    await page.reload();
    await page.getByRole('group', { name: 'Notify: Log a message, disabled' }).waitFor();
    await page.getByText('By mail, later by chat').waitFor();
    await page.getByRole('button', { name: 'Fold Give access' }).click();
    await cardOf(page, 'notify').waitFor({ state: 'detached' });
  });

  it('asks before a flow goes, and takes it back on undo', async () => {
    const panel = await openPanel(page, 'Flows');
    await panel.getByRole('button', { name: 'More for Second' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete the flow Second?' });
    await dialog.getByText('Nothing uses it').waitFor();
    await dialog.getByRole('button', { name: 'Delete flow' }).click();
    await panel.getByRole('button', { name: /^Second/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await panel.getByRole('button', { name: /^Second/ }).waitFor();
  });
});
