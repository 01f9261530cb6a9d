import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type Command } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { openBuilder } from '../../harness/open-builder.ts';
import type { WatchedPage } from '../../harness/watched-page.ts';
import { cardOf } from './flow-editor.ts';

type Flow = Extract<Command, { type: 'flow.add' }>['flow'];

const vendor = 90_001;
/** The list looks for what is new every few seconds. */
const slow = { timeout: 15_000 };

/** Adds a department, whose name can be there only once, and fails when a vendor is missing. */
function flowOn(dataSource: string): Flow {
  const action = (name: string, type: string, settings: Readonly<Record<string, unknown>>): Flow['steps'][number] => ({
    id: `stp_${name}`,
    name,
    kind: 'action',
    type,
    settings,
  });
  return {
    id: 'flw_open',
    name: 'openDepartment',
    trigger: { type: 'core/manual', settings: {} },
    inputs: [{ name: 'name', type: 'text' }],
    steps: [
      action('add', 'core/create-row', {
        data: { dataSource, table: 'departments' },
        values: { name: '{{ trigger.name }}', cost_centre: 'C-1' },
      }),
      action('find', 'core/get-row', { data: { dataSource, table: 'vendors' }, key: vendor }),
      action('tell', 'core/log', {
        message: '{{ steps.add.output.row.name }} buys from {{ steps.find.output.row.name }}',
      }),
    ],
  };
}

/** A flow whose journal is longer than what is read at once. */
const long: Flow = {
  id: 'flw_long',
  name: 'long',
  trigger: { type: 'core/manual', settings: {} },
  steps: [
    {
      id: 'stp_each',
      name: 'each',
      kind: 'forEach',
      items: '{{ range(0, 1200) }}',
      steps: [
        { id: 'stp_note', name: 'note', kind: 'action', type: 'core/log', settings: { message: 'Number {{ item }}' } },
      ],
    },
  ],
};

describe('a run that failed', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;
  let dataSource: string;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'Departments');
    const { owner, workspaceId } = installation;
    const { dataSources } = await owner.client.call(routes.dataSources.list, { params: { workspaceId } });
    dataSource = dataSources[0]?.id ?? '';
    await app.publish([
      { type: 'flow.add', flow: flowOn(dataSource) },
      { type: 'flow.add', flow: long },
    ]);
    browser = await launchBrowser();
    builder = await openBuilder(browser, installation, `/edit/${app.id}/flows/flw_open`);
    page = builder.page;
    await cardOf(page, 'add').waitFor();
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  const runs = () => page.getByRole('region', { name: 'Runs' });
  const steps = () => runs().getByRole('list', { name: 'Steps of the run' });
  const table = (name: string) => ({ workspaceId: installation.workspaceId, dataSource, table: name });
  const departments = async (name: string): Promise<number> => {
    const { rows } = await installation.owner.client.call(routes.dataSources.rows.list, {
      params: table('departments'),
      body: { limit: 100 },
    });
    return rows.filter((row) => row['name'] === name).length;
  };
  const startFailing = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'Test run' }).click();
    const dialog = page.getByRole('dialog', { name: 'Test run' });
    await dialog.getByRole('textbox', { name: 'What the trigger brings' }).fill(JSON.stringify({ name }));
    const dry = dialog.getByRole('switch', { name: 'Dry run' });
    if (await dry.isChecked()) await dry.click();
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await runs().getByText('Failed', { exact: true }).waitFor();
  };

  it('goes on from the step that failed once its cause is mended, and repeats nothing', async () => {
    await startFailing('Robotics');
    expect(await departments('Robotics')).toBe(1);
    await runs().getByRole('button', { name: 'Run again', exact: true }).click();
    let dialog = page.getByRole('dialog', { name: 'Run again' });
    await expect.poll(() => dialog.getByLabel('Begin with').first().inputValue()).toBe('The step that failed: Find');
    await dialog.getByRole('button', { name: 'Run again' }).click();
    // Nothing was mended: it fails at the same step, and the department is there once all the same.
    await runs()
      .getByText(/^Repeats/)
      .waitFor();
    await runs().getByText('Failed', { exact: true }).waitFor();
    await installation.owner.client.call(routes.dataSources.rows.create, {
      params: table('vendors'),
      body: { rows: [{ id: vendor, name: 'Gears & Co' }] },
    });
    await runs().getByRole('button', { name: 'Run again', exact: true }).click();
    dialog = page.getByRole('dialog', { name: 'Run again' });
    await dialog.getByRole('button', { name: 'Run again' }).click();
    await runs().getByText('Succeeded', { exact: true }).waitFor();
    expect(await departments('Robotics')).toBe(1);
    await steps()
      .getByRole('button', { name: /Add.*Reused/ })
      .waitFor();
    await steps().getByRole('button', { name: /Tell/ }).click();
    await steps().getByText('Robotics buys from Gears & Co').first().waitFor();
  });

  it('leads to the runs that repeat it, and back', async () => {
    const here = page.url();
    await runs()
      .getByText(/^Repeats/)
      .getByRole('button')
      .click();
    await runs().getByText('Failed', { exact: true }).waitFor();
    await runs().getByRole('list', { name: 'Repeated by' }).getByRole('button').click();
    await page.waitForURL(here);
  });

  it('is told why it cannot begin at a step, and begins at another with other input', async () => {
    await steps()
      .getByRole('button', { name: /Add.*Reused/ })
      .click();
    await steps().getByRole('button', { name: 'Run again from here' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Run again' });
    await dialog.getByRole('switch', { name: 'With other input' }).click();
    await dialog.getByRole('textbox', { name: 'What the trigger brings' }).fill('{ "name": "Optics" }');
    await dialog.getByRole('button', { name: 'Run again' }).click();
    await dialog.waitFor({ state: 'detached' });
    await runs().getByText('Succeeded', { exact: true }).waitFor();
    expect(await departments('Optics')).toBe(1);
  });

  it('is started again with all others that failed, after telling how many', async () => {
    const { owner } = installation;
    // Two that failed and were not started again: their vendor is gone for a while.
    const key = { id: vendor };
    await owner.client.call(routes.dataSources.rows.delete, { params: table('vendors'), body: { keys: [key] } });
    await startFailing('Acoustics');
    await startFailing('Ceramics');
    await owner.client.call(routes.dataSources.rows.create, {
      params: table('vendors'),
      body: { rows: [{ id: vendor, name: 'Gears & Co' }] },
    });
    await runs().getByRole('button', { name: 'Retry failed' }).click();
    const dialog = page.getByRole('dialog', { name: /^Retry failed runs/ });
    await dialog.getByText('Test runs').click();
    await dialog.getByRole('button', { name: 'Start 2 runs again' }).click();
    await dialog.getByText('2 of 2 started again.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    const list = runs().getByRole('list', { name: 'Runs, newest first' });
    await expect.poll(() => list.getByLabel('Succeeded').count(), slow).toBeGreaterThanOrEqual(4);
    expect([await departments('Acoustics'), await departments('Ceramics')]).toEqual([1, 1]);
  });

  it('is found by filters that stand in the address, and compared with another run', async () => {
    const list = runs().getByRole('list', { name: 'Runs, newest first' });
    await runs().getByRole('textbox', { name: 'Search in runs' }).fill('Ceramics');
    await page.waitForURL(/\?text=Ceramics$/);
    await expect.poll(() => list.getByRole('listitem').count(), slow).toBe(2);
    await page.reload();
    await expect.poll(() => list.getByRole('listitem').count(), slow).toBe(2);
    const choices = list.getByRole('checkbox');
    await choices.nth(0).check();
    await choices.nth(1).check();
    await runs().getByRole('button', { name: 'Compare' }).click();
    await runs().getByText('First different at Find').waitFor();
    const row = runs().getByRole('row', { name: /^Find first different/ });
    expect(await row.getByLabel('Failed').count()).toBe(1);
    expect(await row.getByLabel('Succeeded').count()).toBe(1);
    await page.waitForURL(/runs\/run_.*compare=run_/);
    await runs().getByRole('button', { name: 'Close comparison' }).click();
    await steps().waitFor();
    await runs().getByRole('button', { name: 'More filters' }).click();
    await page.getByRole('textbox', { name: 'Took at least' }).fill('5000');
    await runs().getByText('No run is like this.').waitFor();
    await page.keyboard.press('Escape');
    await runs().getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => list.getByRole('listitem').count(), slow).toBeGreaterThan(5);
  });

  it('is read to its end, however long its journal is, and only what is in sight is drawn', async () => {
    const { run } = await installation.owner.client.call(routes.flows.startDraft, {
      params: { appId: app.id, flow: long.id },
      body: { trigger: {}, waitMs: 30_000 },
    });
    expect(run.state).toBe('succeeded');
    await page.goto(`/edit/${app.id}/flows/${long.id}/runs/${run.id}`);
    await steps().getByText('turn 1', { exact: true }).waitFor();
    const last = steps().getByText('turn 1200', { exact: true });
    const scroll = async (): Promise<number> => {
      await steps().evaluate((list) => {
        const scroller = list.parentElement;
        if (scroller !== null) scroller.scrollTop = scroller.scrollHeight;
      });
      return last.count();
    };
    await expect.poll(scroll, slow).toBe(1);
    expect(await steps().getByRole('listitem').count()).toBeLessThan(100);
    await steps()
      .getByRole('button', { name: /turn 1200/ })
      .click();
    await steps().getByText('Number 1199').first().waitFor();
  });
});
