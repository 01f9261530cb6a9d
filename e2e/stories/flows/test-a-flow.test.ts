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

const flow: Flow = {
  id: 'flw_access',
  name: 'accessRequest',
  trigger: { type: 'core/manual', settings: {} },
  inputs: [{ name: 'email', type: 'text' }],
  steps: [
    {
      id: 'stp_greet',
      name: 'greet',
      kind: 'action',
      type: 'core/log',
      settings: { message: 'For {{ trigger.email }}' },
    },
    {
      id: 'stp_ask',
      name: 'ask',
      kind: 'wait',
      for: { kind: 'approval', title: 'Access for {{ trigger.email }}?', assignees: ['boss@example.com'] },
    },
    {
      id: 'stp_choose',
      name: 'choose',
      kind: 'branch',
      branches: [
        {
          id: 'br_yes',
          condition: '{{ steps.ask.output.approved }}',
          steps: [{ id: 'stp_yes', name: 'granted', kind: 'return', value: { who: '{{ trigger.email }}' } }],
        },
      ],
      otherwise: [{ id: 'stp_no', name: 'refused', kind: 'return', value: null }],
    },
  ],
};

/** Calls the flow above and says who got in. */
const caller: Flow = {
  id: 'flw_newcomer',
  name: 'newcomer',
  trigger: { type: 'core/manual', settings: {} },
  inputs: [{ name: 'email', type: 'text' }],
  steps: [
    {
      id: 'stp_request',
      name: 'request',
      kind: 'subFlow',
      flow: 'flw_access',
      mode: 'call',
      input: { email: '{{ trigger.email }}' },
    },
    { id: 'stp_end', name: 'end', kind: 'return', value: '{{ steps.request.output.who }}' },
  ],
};

describe('testing a flow', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'Access desk');
    await app.publish([
      { type: 'flow.add', flow },
      { type: 'flow.add', flow: caller },
    ]);
    browser = await launchBrowser();
    builder = await openBuilder(browser, installation, `/edit/${app.id}/flows/flw_access`);
    page = builder.page;
    // Publishing stops at a test that fails.
    builder.allow(/409 POST \/api\/apps\/[^/]+\/releases$/);
    await cardOf(page, 'greet').waitFor();
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  const tests = () => page.getByRole('region', { name: 'Tests' });
  const runTest = () => tests().getByRole('button', { name: 'Run', exact: true }).click();
  const part = (name: string) => tests().getByRole('tab', { name }).click();
  const shown = async (): Promise<void> => {
    await flowCanvas(page).focus();
    await page.keyboard.press('1');
  };

  it('says what tests are for where there is none', async () => {
    await page.getByRole('button', { name: 'Tests', exact: true }).click();
    await tests().getByText('No tests yet').waitFor();
    await tests().getByRole('button', { name: 'Close tests' }).click();
  });

  it('makes one of a run with one press, and it passes', async () => {
    await page.getByRole('button', { name: 'Test run' }).click();
    const dialog = page.getByRole('dialog', { name: 'Test run' });
    await dialog.getByRole('button', { name: 'Run dry', exact: true }).click();
    const runs = page.getByRole('region', { name: 'Runs' });
    await runs.getByText('Succeeded', { exact: true }).waitFor();
    await runs.getByRole('button', { name: 'Make a test' }).click();
    await tests().getByRole('textbox', { name: 'Name of the test' }).waitFor();
    expect(await tests().getByRole('textbox', { name: 'Name of the test' }).inputValue()).toBe('accessRequestSucceeds');
    await tests().getByRole('button', { name: 'Run this test' }).click();
    await tests()
      .getByRole('status')
      .getByText(/^Passed/)
      .waitFor();
    await shown();
    await cardOf(page, 'granted').getByLabel('Succeeded').waitFor();
  });

  it('shows on the canvas where another answer leads, and what differs', async () => {
    await part('Mocks');
    await tests().getByLabel('Output').fill('{ "approved": fal');
    await tests().getByText('This is not JSON yet.').waitFor();
    await tests().getByLabel('Output').fill('{ "approved": false }');
    await runTest();
    const result = tests().getByRole('list', { name: 'What differs' });
    await result.getByText('"refused" must not run, and it ran.').waitFor();
    await shown();
    await cardOf(page, 'refused').getByLabel('Succeeded').waitFor();
    await expect.poll(() => cardOf(page, 'granted').getAttribute('data-run')).toBe('none');
    await result.getByRole('button', { name: 'Show the step' }).first().click();
    await page.locator('[data-step][data-selected]').waitFor();
  });

  it('holds publishing up until it is right, unless an admin goes on', async () => {
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Publish changes …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish changes' });
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await dialog.getByText('Nothing was published: a test of a flow failed').waitFor();
    await dialog.getByRole('button', { name: 'Publish anyway' }).click();
    await page.getByText('Release 2 is live.').waitFor();
    await dialog.waitFor({ state: 'detached' });
  });

  it('is written by hand, too, and what it expects is asked for in place', async () => {
    await tests().getByRole('button', { name: 'New test' }).click();
    await part('Given');
    await tests().getByLabel('It is').fill('soon');
    await tests().getByText('Write a time such as 2030-01-31T09:00:00Z.').waitFor();
    await tests().getByLabel('It is').fill('2031-01-31T09:00:00Z');
    await part('Expected');
    await tests().getByRole('combobox', { name: 'The run' }).click();
    await page.getByRole('option', { name: 'Waits for an answer' }).click();
    await runTest();
    await tests()
      .getByRole('status')
      .getByText(/^Passed/)
      .waitFor();
    await tests().getByRole('button', { name: 'Run all' }).click();
    const list = tests().getByRole('list', { name: 'Tests of the flow' });
    await expect.poll(() => list.getByLabel('Passed').count()).toBe(1);
    await list.getByLabel('Failed').waitFor();
  });

  it('is deleted, and comes back with undo', async () => {
    const list = tests().getByRole('list', { name: 'Tests of the flow' });
    await tests().getByRole('button', { name: 'More for this test' }).click();
    await page.getByRole('menuitem', { name: 'Delete test' }).click();
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
    await flowCanvas(page).focus();
    await page.keyboard.press('Control+z');
    await expect.poll(() => list.getByRole('listitem').count()).toBe(2);
  });

  it('lets a flow that is called really run, on mocks of its own steps', async () => {
    await page.goto(`/edit/${app.id}/flows/flw_newcomer`);
    await cardOf(page, 'request').waitFor();
    await page.getByRole('button', { name: 'Tests', exact: true }).click();
    await tests().getByRole('button', { name: 'New test' }).first().click();
    await part('Given');
    await tests().getByLabel('Trigger data').fill('{ "email": "ada@example.com" }');
    await part('Mocks');
    await tests().getByRole('button', { name: 'Add mock' }).click();
    const called = tests().getByRole('group', { name: 'Mock of Request', exact: true });
    await called.getByRole('combobox', { name: 'What' }).click();
    await page.getByRole('option', { name: 'Really runs' }).click();
    await runTest();
    await tests()
      .getByRole('status')
      .getByText(/^Failed/)
      .waitFor();
    await tests()
      .getByRole('list', { name: 'What differs' })
      .getByText('The run waits for an answer at "ask" in "request"; it should succeed.')
      .waitFor();
    await part('Mocks');
    await tests().getByRole('button', { name: 'Add mock' }).click();
    const inner = tests().getByRole('group', { name: /^Mock of Request › / });
    await inner.getByRole('combobox', { name: 'Step' }).click();
    await page.getByRole('option', { name: 'Request › Ask' }).click();
    await tests()
      .getByRole('group', { name: 'Mock of Request › Ask' })
      .getByLabel('Output')
      .fill('{ "approved": true }');
    await part('Expected');
    await tests().getByRole('button', { name: 'Expect something of a step' }).click();
    const expected = tests().getByRole('group', { name: /^Expected of / });
    await expected.getByRole('combobox', { name: 'Step' }).click();
    await page.getByRole('option', { name: 'Request › Granted' }).click();
    await tests().getByRole('group', { name: 'Expected of Request › Granted' }).waitFor();
    await runTest();
    await tests()
      .getByRole('status')
      .getByText(/^Passed/)
      .waitFor();
  });
});
