import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type Command } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { ownerLogin } from '../../harness/server-process.ts';
import { openPage, withoutStreams, type WatchedPage } from '../../harness/watched-page.ts';
import { weakTexts } from '../keyboard/contrast.ts';
import { sticksOut } from '../keyboard/sticks-out.ts';

type Flow = Extract<Command, { type: 'flow.add' }>['flow'];
type Step = Flow['steps'][number];

const step = (name: string, type: string, settings: Readonly<Record<string, unknown>>): Step => ({
  id: `stp_${name}`,
  name,
  kind: 'action',
  type,
  settings,
});
const flow = (name: string, steps: readonly Step[], facts: Partial<Flow> = {}): Command => ({
  type: 'flow.add',
  flow: {
    id: `flw_${name}`,
    name,
    trigger: { type: 'core/manual', settings: {} },
    access: { roles: ['basic'] },
    steps: [...steps],
    ...facts,
  },
});

/** Alerts are looked at every half minute. */
const slow = { timeout: 60_000 };

describe('the operations of an app', () => {
  let installation: Installation;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;
  let address = '';

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'IT desk');
    const { owner, workspaceId } = installation;
    const { dataSources } = await owner.client.call(routes.dataSources.list, { params: { workspaceId } });
    const data = { dataSource: dataSources[0]?.id, table: 'vendors' };
    await app.publish([
      flow(
        'tellVendor',
        [
          step('note', 'core/log', { message: 'begun' }),
          step('find', 'core/get-row', { data, key: '{{ trigger.vendor }}' }),
        ],
        { inputs: [{ name: 'vendor', type: 'integer' }] },
      ),
      flow('syncAssets', [step('note', 'core/log', { message: 'synced' })]),
      flow('archive', [step('note', 'core/log', { message: 'archived' })], { disabled: true }),
    ]);
    for (let n = 0; n < 6; n += 1) await start('syncAssets', {});
    for (let n = 0; n < 3; n += 1) await start('tellVendor', { vendor: 90_000 + n });
    browser = await launchBrowser();
    builder = await openPage(browser, installation.server.url);
    await withoutStreams(builder);
    page = builder.page;
    await builder.context.request.post(routes.account.signIn.path, { data: ownerLogin });
    address = `/w/workspace/apps/${app.id}/operations`;
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  const start = (id: string, input: Readonly<Record<string, unknown>>) =>
    installation.owner.client.call(routes.flows.start, {
      params: { app: app.slug, flow: `flw_${id}` },
      body: { input, waitMs: 10_000 },
    });
  const letters = () => page.getByRole('list', { name: 'Dead letters' }).getByRole('listitem');
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });

  it('are found from the flows of the app, and say how each flow fares', async () => {
    await page.goto(`/edit/${app.id}`);
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Flows' }).click();
    await page.getByRole('link', { name: 'Health, 3 dead letters and alerts' }).click();
    await page.waitForURL(/\/operations\/dead-letters$/);
    await page.getByRole('tab', { name: 'Health' }).click();
    // Counts are stored every few seconds.
    await expect.poll(() => row('Tell vendor').textContent(), slow).toContain('100 %');
    expect(await row('Tell vendor').textContent()).toContain('3 dead letters');
    await expect.poll(() => row('Sync assets').textContent(), slow).toMatch(/6\s*0 %/);
    expect(await row('Archive').textContent()).toContain('Off');
    // What fails stands above what does not.
    expect(await page.getByRole('rowheader').first().textContent()).toContain('Tell vendor');
    await page.getByRole('img', { name: /^Tell vendor: .* failures in 1 of 24 steps$/ }).waitFor();
    await page.getByText('Last hour').click();
    await page.getByRole('img', { name: /^Tell vendor: .* of 60 steps$/ }).waitFor();
  });

  it('start dead letters again, one or all, and discard what somebody agrees to', async () => {
    await row('Tell vendor').getByRole('link', { name: '3 dead letters' }).click();
    await expect.poll(() => letters().count()).toBe(3);
    await letters().first().getByText('in “find”').waitFor();
    await letters().first().getByRole('checkbox').click();
    await page.getByText('1 chosen').waitFor();
    await page.getByRole('button', { name: 'Start again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Start one dead letter again' });
    await dialog.getByRole('radio', { name: 'The first step' }).click();
    await dialog.getByRole('button', { name: 'Start it again' }).click();
    await dialog.getByText('1 of 1 started again.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    // It failed once more: there are three again, and one of them says so.
    await letters().getByText('was started again before').waitFor(slow);
    await expect.poll(() => letters().count()).toBe(3);

    await page.getByRole('button', { name: 'Discard' }).click();
    const asked = page.getByRole('dialog', { name: 'Discard 3 dead letters?' });
    await asked.getByRole('button', { name: 'Keep them' }).click();
    await asked.waitFor({ state: 'detached' });
    expect(await letters().count()).toBe(3);
    await letters().nth(1).getByRole('checkbox').click();
    await letters().nth(2).getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page
      .getByRole('dialog', { name: 'Discard 2 dead letters?' })
      .getByRole('button', { name: 'Discard' })
      .click();
    await expect.poll(() => letters().count()).toBe(1);
    await letters().getByRole('link', { name: 'Tell vendor' }).click();
    await page.waitForURL(/\/flows\/flw_tellVendor\/runs\//);
    await page.getByRole('region', { name: 'Runs' }).getByText('Again from').first().waitFor();
    await page.goBack();
  });

  it('tell people: an alert is made by keyboard, holds, is turned off and removed', async () => {
    await page.goto(`${address}/alerts`);
    await page.getByText('Nobody is told yet').waitFor();
    const add = page.getByRole('button', { name: 'New alert' });
    await add.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'New alert' });
    await expect
      .poll(() => dialog.getByRole('combobox', { name: 'When' }).evaluate((e) => e === document.activeElement))
      .toBe(true);
    // Nobody is told: it is said, and nothing is stored.
    await dialog.getByRole('button', { name: 'Add alert' }).press('Enter');
    await dialog.getByText('Choose who is told').waitFor();
    await dialog.getByRole('combobox', { name: 'Of' }).focus();
    await page.keyboard.type('tell');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByRole('combobox', { name: 'Notify' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await dialog.getByRole('textbox', { name: 'Name' }).focus();
    await page.keyboard.type('Vendors are not told');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const card = page.getByRole('listitem', { name: 'Vendors are not told' });
    await card.getByText('When a run of “Tell vendor” fails').waitFor();
    await start('tellVendor', { vendor: 99_999 });
    await card.getByText('Holds now').waitFor(slow);
    expect(await page.getByRole('tab', { name: 'Alerts' }).textContent()).toContain('1');
    await card.getByRole('switch').press(' ');
    await card.getByText('Off', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nobody is told yet').waitFor();
  });

  it.each([
    { name: 'on a phone', width: 390, colorScheme: 'light' as const },
    { name: 'on a phone in the dark', width: 390, colorScheme: 'dark' as const },
    { name: 'on a desktop in the dark', width: 1440, colorScheme: 'dark' as const },
  ])('can be read $name', async ({ width, colorScheme }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    for (const tab of ['health', 'dead-letters', 'alerts']) {
      await page.goto(`${address}/${tab}`);
      await page.getByRole('tab', { selected: true }).waitFor();
      await page.waitForLoadState('networkidle');
      expect([tab, await sticksOut(page)]).toEqual([tab, []]);
      expect([tab, await weakTexts(page)]).toEqual([tab, []]);
    }
  });
});
