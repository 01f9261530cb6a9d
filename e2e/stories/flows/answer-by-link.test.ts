import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type Command } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';

type Flow = Extract<Command, { type: 'flow.add' }>['flow'];

/** What sends the link: here it is put into a row. */
const flowOn = (dataSource: string): Flow =>
  ({
    id: 'flw_access',
    name: 'access',
    trigger: { type: 'core/manual', settings: {} },
    inputs: [{ name: 'who', type: 'text' }],
    access: { roles: ['basic'] },
    steps: [
      {
        id: 'stp_tell',
        name: 'tell',
        kind: 'action',
        type: 'core/create-row',
        settings: {
          data: { dataSource, table: 'vendors' },
          values: { name: '{{ trigger.who }}', website: '{{ run.links.ask }}' },
        },
      },
      {
        id: 'stp_ask',
        name: 'ask',
        kind: 'wait',
        for: {
          kind: 'approval',
          title: 'Access for {{ trigger.who }}?',
          message: 'They need it from Monday on.\nCosts: none.',
          assignees: ['boss@example.com'],
          deadline: '2d',
          fields: [
            { name: 'costCentre', type: 'integer', required: true, description: 'Four digits.' },
            { name: 'isPermanent', type: 'boolean' },
          ],
        },
      },
      { id: 'stp_give', name: 'give', kind: 'return', value: '{{ steps.ask.output }}' },
    ],
  }) as Flow;

describe('a flow that asks people by a link', () => {
  let installation: Installation;
  let browser: Browser;
  let app: MadeApp;
  let dataSource: string;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'Access desk');
    const { owner, workspaceId } = installation;
    const { dataSources } = await owner.client.call(routes.dataSources.list, { params: { workspaceId } });
    dataSource = dataSources[0]?.id ?? '';
    await app.publish([{ type: 'flow.add', flow: flowOn(dataSource) }]);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  const read = (run: string) =>
    installation.owner.client.call(routes.flows.run, { params: { appId: app.id, run }, query: {} });
  /** Starts the flow; answers its run and the link that it sends. */
  const ask = async (who: string): Promise<{ readonly run: string; readonly link: string }> => {
    const { run } = await installation.owner.client.call(routes.flows.startDraft, {
      params: { appId: app.id, flow: 'flw_access' },
      body: { trigger: { who } },
    });
    await expect.poll(async () => (await read(run.id)).run.state, { timeout: 10_000 }).toBe('waiting');
    const { rows } = await installation.owner.client.call(routes.dataSources.rows.list, {
      params: { workspaceId: installation.workspaceId, dataSource, table: 'vendors' },
      body: { limit: 1, sort: [{ column: 'id', direction: 'descending' }] },
    });
    const link = String(rows[0]?.['website']);
    expect(link).toMatch(/\/answer\/[\w-]+\.[\w-]+$/);
    // The installation has no public address of its own here.
    return { run: run.id, link: new URL(new URL(link).pathname, installation.server.url).href };
  };
  const open = async (link: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme });
    const page = await context.newPage();
    await page.goto(link);
    return page;
  };
  const shoot = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['STORY_SHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
  };

  it('is approved on a phone, without an account, once what is needed is filled in', async () => {
    const { run, link } = await ask('Ada');
    const page = await open(link);
    await page.getByRole('heading', { name: 'Access for Ada?' }).waitFor();
    await page.getByText('They need it from Monday on.').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('This is needed.').waitFor();
    await page.getByRole('textbox', { name: 'Cost centre' }).fill('4711');
    await page.getByRole('checkbox', { name: 'Is permanent' }).check();
    await page.getByRole('textbox', { name: 'Comment' }).fill('Until the project ends.');
    await shoot(page, 'answer-open');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('The flow goes on; you can close this page.').waitFor();
    await shoot(page, 'answer-given');
    await expect.poll(async () => (await read(run)).run.state, { timeout: 10_000 }).toBe('succeeded');
    expect((await read(run)).run.output).toEqual({
      approved: true,
      comment: 'Until the project ends.',
      values: { costCentre: 4711, isPermanent: true },
      by: null,
    });
    await page.reload();
    await page.getByText('This has been answered').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await page.context().close();
  });

  it('is refused after a second thought, by keyboard, in the dark', async () => {
    const { run, link } = await ask('Bob');
    const page = await open(link, 'dark');
    await page.getByRole('button', { name: 'Refuse …' }).press('Enter');
    await page.getByText('An answer cannot be taken back.').waitFor();
    await shoot(page, 'answer-refuse');
    await page.keyboard.press('Enter');
    await page.getByText('Refused').waitFor();
    await expect.poll(async () => (await read(run)).run.state, { timeout: 10_000 }).toBe('succeeded');
    expect((await read(run)).run.output).toMatchObject({ approved: false, values: {} });
    await page.context().close();
  });

  it('says when the question is over, and when a link is none', async () => {
    const { run, link } = await ask('Cy');
    const page = await open(link);
    await page.getByRole('button', { name: 'Approve' }).waitFor();
    await installation.owner.client.call(routes.flows.cancel, { params: { appId: app.id, run } });
    await page.getByRole('textbox', { name: 'Cost centre' }).fill('1');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('The time to answer is over').waitFor();
    await page.goto(`${link.slice(0, -4)}AAAA`);
    await page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor();
    await shoot(page, 'answer-unknown');
    await page.context().close();
  });
});
