import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type Command } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { openBuilder } from '../../harness/open-builder.ts';
import type { WatchedPage } from '../../harness/watched-page.ts';
import { cardOf, flowCanvas } from './flow-editor.ts';

type Flow = Extract<Command, { type: 'flow.add' }>['flow'];

const log = (name: string, message: string): Flow['steps'][number] => ({
  id: `stp_${name}`,
  name,
  kind: 'action',
  type: 'core/log',
  settings: { message },
});

const flow: Flow = {
  id: 'flw_access',
  name: 'accessRequest',
  trigger: { type: 'core/manual', settings: {} },
  inputs: [
    { name: 'email', type: 'text' },
    { name: 'systems', type: 'list' },
  ],
  steps: [
    log('greet', 'Request of {{ trigger.email }}'),
    {
      id: 'stp_each',
      name: 'each',
      kind: 'forEach',
      items: '{{ trigger.systems }}',
      steps: [log('note', 'Access to {{ item }}')],
    },
    {
      id: 'stp_ask',
      name: 'ask',
      kind: 'wait',
      for: { kind: 'approval', title: 'Fine?', assignees: ['boss@example.com'] },
    },
    log('done', '{{ steps.greet.output.message }} is done'),
  ],
};

describe('running a flow while it is built', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'Access desk');
    await app.publish([{ type: 'flow.add', flow }]);
    browser = await launchBrowser();
    builder = await openBuilder(browser, installation, `/edit/${app.id}/flows/flw_access`);
    page = builder.page;
    await cardOf(page, 'greet').waitFor();
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  const start = async (isDryRun: boolean): Promise<void> => {
    await page.getByRole('button', { name: 'Test run' }).click();
    const dialog = page.getByRole('dialog', { name: 'Test run' });
    const field = dialog.getByRole('textbox', { name: 'What the trigger brings' });
    expect(JSON.parse(await field.inputValue())).toHaveProperty('email', 'ada@example.com');
    await field.fill('{ "email": "ada@example.com", "systems": ["CRM", "ERP", "Wiki"] }');
    if (!isDryRun) await dialog.getByRole('switch', { name: 'Dry run' }).click();
    await dialog.getByRole('button', { name: isDryRun ? 'Run dry' : 'Run', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await showAll();
  };
  /** The lower part of the page is the runs': the flow is shown smaller. */
  const showAll = async (): Promise<void> => {
    await runs().getByRole('list', { name: 'Steps of the run' }).waitFor();
    await flowCanvas(page).focus();
    await page.keyboard.press('1');
  };
  const runs = () => page.getByRole('region', { name: 'Runs' });

  it('dry: every step shows what came of it, on the canvas and in time', async () => {
    await start(true);
    await runs().getByText('Succeeded', { exact: true }).waitFor();
    await cardOf(page, 'done').getByLabel('Succeeded').waitFor();
    await cardOf(page, 'ask').getByLabel('Shown, not done').waitFor();
    await cardOf(page, 'note').getByText('×3').waitFor();
    await page.waitForURL(/\/flows\/flw_access\/runs\//);
  });

  it('inputs, outputs and logs of a step are beside its settings, and feed the picker of data', async () => {
    await cardOf(page, 'done').click();
    await page.getByRole('tab', { name: 'Run' }).click();
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await settings.getByText('Request of ada@example.com is done').first().waitFor();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await settings.getByText('"Request of ada@example.com is done"').waitFor();
  });

  it('for real: it waits for people, keeps the place after a reload, and is cancelled', async () => {
    await start(false);
    await cardOf(page, 'ask').getByLabel('Waiting').waitFor();
    await page.reload();
    await showAll();
    await cardOf(page, 'ask').getByLabel('Waiting').waitFor();
    await runs().getByRole('button', { name: 'Cancel run' }).click();
    await runs().getByText('Cancelled', { exact: true }).waitFor();
  });

  it('runs are listed newest first, by state, and run again', async () => {
    const list = runs().getByRole('list', { name: 'Runs, newest first' });
    await expect.poll(() => list.getByRole('listitem').count()).toBe(2);
    await runs().getByRole('combobox', { name: 'State' }).or(runs().getByLabel('State')).first().click();
    await page.getByRole('option', { name: 'Succeeded' }).click();
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
    await list.getByRole('button').first().click();
    await runs().getByRole('button', { name: 'Run again' }).click();
    await page.getByRole('dialog', { name: 'Run again' }).getByRole('button', { name: 'Run dry again' }).click();
    await runs()
      .getByRole('button', { name: 'Cancel run' })
      .or(runs().getByText('Succeeded', { exact: true }))
      .first()
      .waitFor();
  });
});
