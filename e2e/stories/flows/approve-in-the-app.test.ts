import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type ApiPerson, type Command } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { memberPassword, startInstallation, type Installation } from '../../harness/installation.ts';
import { ownerLogin } from '../../harness/server-process.ts';

type Flow = Extract<Command, { type: 'flow.add' }>['flow'];

const flow: Flow = {
  id: 'flw_access',
  name: 'access',
  trigger: { type: 'core/manual', settings: {} },
  inputs: [{ name: 'who', type: 'text' }],
  access: { roles: ['basic'] },
  steps: [
    {
      id: 'stp_ask',
      name: 'ask',
      kind: 'wait',
      for: {
        kind: 'approval',
        title: 'Give {{ trigger.who }} access to the warehouse?',
        message: 'They need it from Monday on.',
        assignees: ['Power user'],
        deadline: '2d',
        fields: [{ name: 'costCentre', type: 'integer', required: true }],
      },
    },
    {
      id: 'stp_tell',
      name: 'tell',
      kind: 'action',
      type: 'core/notify-user',
      settings: {
        to: ['{{ user.email }}'],
        title: 'The account of {{ trigger.who }} is ready',
        link: '/',
      },
    },
    { id: 'stp_give', name: 'give', kind: 'return', value: '{{ steps.ask.output }}' },
  ],
} as unknown as Flow;

describe('an approval that is assigned to a role', () => {
  let installation: Installation;
  let browser: Browser;
  let app: MadeApp;
  let asker: ApiPerson;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'Access desk');
    await app.publish([{ type: 'flow.add', flow }]);
    asker = await installation.addPerson('ada@example.com', 'member');
    for (const email of ['grace@example.com', 'linus@example.com']) {
      const { userId } = await installation.addPerson(email, 'member');
      const membership = { params: { appId: app.id, userId }, body: { roles: ['power'] } };
      await installation.owner.client.call(routes.apps.setMember, membership);
    }
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  const ask = async (who: string): Promise<string> => {
    const call = { params: { app: app.slug, flow: flow.id }, body: { input: { who } } };
    return (await asker.client.call(routes.flows.start, call)).run.id;
  };
  const stateOf = async (run: string) => {
    const call = { params: { appId: app.id, run }, query: {} };
    return (await installation.owner.client.call(routes.flows.run, call)).run;
  };
  const open = async (
    email: string,
    path: string,
    look: { readonly width?: number; readonly colorScheme?: 'light' | 'dark' } = {},
  ): Promise<Page> => {
    const { width = 1280, colorScheme = 'light' } = look;
    const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme });
    const page = await context.newPage();
    const login = email === ownerLogin.email ? ownerLogin : { email, password: memberPassword };
    await page.context().request.post(installation.server.url + routes.account.signIn.path, { data: login });
    await page.goto(installation.server.url + path);
    return page;
  };
  const shoot = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['STORY_SHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
  };

  it('rings at everybody who has it, is approved in the app, and the flow goes on', async () => {
    const page = await open('grace@example.com', `/apps/${app.slug}`);
    await page.getByRole('button', { name: 'Notifications' }).waitFor();
    const run = await ask('Ada');
    // The page is open already: the bell rings by itself.
    const bell = page.getByRole('button', { name: 'Notifications, 1 not read' });
    await bell.waitFor({ timeout: 15_000 });
    await bell.press('Enter');
    await page.getByRole('dialog', { name: 'Notifications' }).waitFor();
    await page.getByText('1 waits for you').waitFor();
    await shoot(page, 'bell-open');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const card = page.getByRole('article', { name: 'Give Ada access to the warehouse?' });
    await card.waitFor();
    await card.getByText(/To be answered in/).waitFor();
    await card.getByText(/Asked by ada/).waitFor();
    await card.getByRole('button', { name: 'Approve' }).click();
    await card.getByText('This is needed.').waitFor();
    await card.getByRole('textbox', { name: 'Cost centre' }).fill('4711');
    await card.getByRole('textbox', { name: 'Comment' }).fill('Until the project ends.');
    await shoot(page, 'approvals-open');
    await card.getByRole('button', { name: 'Approve' }).click();
    await card.getByText('Approved by grace').waitFor();
    await shoot(page, 'approvals-answered');
    await expect.poll(async () => (await stateOf(run)).state, { timeout: 10_000 }).toBe('succeeded');
    expect((await stateOf(run)).output).toMatchObject({
      approved: true,
      values: { costCentre: 4711 },
      by: { via: 'account', email: 'grace@example.com' },
    });
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    await page.getByText('Done', { exact: true }).click();
    await page
      .getByRole('article', { name: 'Give Ada access to the warehouse?' })
      .getByText('Approved by grace')
      .waitFor();
    await page.context().close();

    // Whoever asked is told by Fettle, and by the flow.
    const theirs = await open('ada@example.com', `/apps/${app.slug}`);
    await theirs.getByRole('button', { name: 'Notifications, 2 not read' }).click();
    await theirs.getByText('Approved by grace: Give Ada access to the warehouse?').waitFor();
    await theirs.getByText('The account of Ada is ready').waitFor();
    await theirs.getByRole('button', { name: 'Mark all as read' }).click();
    await theirs.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    await theirs.context().close();
  });

  it('is refused on a phone in the dark, and who is slower is told', async () => {
    const phone = { width: 390, colorScheme: 'dark' } as const;
    const slow = await open('linus@example.com', `/apps/${app.slug}/~approvals`, phone);
    await slow.getByText(/Nothing waits for you/).waitFor();
    await shoot(slow, 'approvals-empty-dark');
    const run = await ask('Bob');
    const title = 'Give Bob access to the warehouse?';
    await slow.getByRole('article', { name: title }).waitFor({ timeout: 15_000 });
    await shoot(slow, 'approvals-phone-dark');
    await slow.getByRole('button', { name: /Notifications/ }).click();
    await slow.getByRole('dialog', { name: 'Notifications' }).getByText(title).waitFor();
    await shoot(slow, 'bell-phone-dark');
    await slow.keyboard.press('Escape');

    const fast = await open('grace@example.com', `/apps/${app.slug}`);
    await fast.getByRole('button', { name: 'Menu of grace' }).click();
    await fast.getByRole('menuitem', { name: 'Approvals' }).click();
    const card = fast.getByRole('article', { name: title });
    await card.getByRole('button', { name: 'Refuse …' }).click();
    await card.getByRole('button', { name: 'Yes, refuse' }).press('Enter');
    await card.getByText('Refused by grace').waitFor();
    await fast.context().close();

    await slow
      .getByText('Refused by grace')
      .or(slow.getByText(/Nothing waits for you/))
      .first()
      .waitFor({ timeout: 15_000 });
    await slow.context().close();
    await expect.poll(async () => (await stateOf(run)).output, { timeout: 10_000 }).toMatchObject({ approved: false });
  });

  it('waits in the workspace as well, for admins of the app', async () => {
    const run = await ask('Cy');
    const page = await open(ownerLogin.email, '/');
    await page.getByRole('link', { name: /^Approvals/ }).click();
    const card = page.getByRole('article', { name: 'Give Cy access to the warehouse?' });
    await card.getByText('Access desk', { exact: false }).waitFor();
    await shoot(page, 'approvals-workspace');
    await page.getByRole('button', { name: /^Notifications/ }).click();
    await page.getByRole('dialog', { name: 'Notifications' }).getByText('Give Cy access').waitFor();
    await shoot(page, 'bell-workspace');
    await page.keyboard.press('Escape');
    await card.getByRole('textbox', { name: 'Cost centre' }).fill('1');
    await card.getByRole('button', { name: 'Approve' }).click();
    await card.getByText(/^Approved by/).waitFor();
    await page.context().close();
    await expect.poll(async () => (await stateOf(run)).state, { timeout: 10_000 }).toBe('succeeded');
  });
});
