import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, startMailReceiver, type Command, type MailReceiver } from '@fettle/testing';
import { startReceiver, type CountingReceiver } from '../../harness/counting-receiver.ts';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { memberPassword, startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { freePort, ownerLogin } from '../../harness/server-process.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';
import { choose, fillBinding, openPanel, publish } from '../chinook/builder.ts';
import { cardOf, dragTo, flowCanvas, outlineOf, renameStep, takeFromPalette, type Outline } from './flow-editor.ts';

const member = 'mia@example.com';
const manager = 'boss@example.com';
const pageStory = { timeout: 20_000 };

/** A screen whose form starts the flow. */
const requestScreen = {
  type: 'screen.add',
  screen: {
    id: 'scr_request',
    name: 'requestAccess',
    title: 'Request access',
    route: '/request',
    root: 'cmp_root',
    components: {
      cmp_root: { type: 'core/stack', name: 'root', settings: {}, slots: { children: ['cmp_form'] } },
      cmp_form: {
        type: 'core/form',
        name: 'request',
        settings: { title: 'Request access', submitLabel: 'Send request' },
        slots: { body: ['cmp_email', 'cmp_system'] },
        events: {
          saved: [
            {
              id: 'act_start',
              type: 'core/start-flow',
              settings: {
                flow: 'flw_access',
                input: { email: '{{ event.row.email }}', system: '{{ event.row.system }}' },
                wait: false,
              },
              onSuccess: [
                {
                  id: 'act_tell',
                  type: 'core/show-message',
                  settings: { text: 'Your request is on its way.', kind: 'success' },
                },
              ],
            },
          ],
        },
      },
      cmp_email: {
        type: 'core/text-input',
        name: 'email',
        settings: { label: 'Your e-mail', kind: 'email', required: true },
      },
      cmp_system: { type: 'core/text-input', name: 'system', settings: { label: 'System', required: true } },
    },
  },
} as unknown as Command;

const emptyFlow = {
  type: 'flow.add',
  flow: {
    id: 'flw_access',
    name: 'accessRequest',
    trigger: { type: 'core/manual', settings: {} },
    inputs: [
      { name: 'email', type: 'text' },
      { name: 'system', type: 'text' },
    ],
    steps: [],
  },
} as unknown as Command;

describe('access request, approval, account, notice, and an incident when it fails', () => {
  let installation: Installation;
  let receiver: CountingReceiver;
  let mail: MailReceiver;
  let browser: Browser;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;
  let accounts: { readonly workspaceId: string; readonly dataSource: string; readonly table: string };
  let nowhere = '';

  beforeAll(async () => {
    receiver = await startReceiver();
    nowhere = `127.0.0.1:${await freePort()}`;
    mail = await startMailReceiver();
    installation = await startInstallation({
      settings: {
        FETTLE_ALLOWED_HOSTS: `${receiver.host},${nowhere}`,
        FETTLE_SMTP_URL: mail.url,
        FETTLE_MAIL_FROM: 'Fettle <fettle@example.com>',
      },
    });
    const { owner, workspaceId } = installation;
    app = await makeDemo(installation, 'Access desk');
    const { dataSource } = await owner.client.call(routes.dataSources.create, {
      params: { workspaceId },
      body: { name: 'Accounts', kind: 'internal' },
    });
    const { schema } = await owner.client.call(routes.dataSources.createTable, {
      params: { workspaceId, dataSource: dataSource.id },
      body: { name: 'account', fields: [{ name: 'person', type: 'text', required: true, unique: true }] },
    });
    accounts = {
      workspaceId,
      dataSource: dataSource.id,
      table: schema.tables.find(({ name }) => name === 'account')?.id ?? '',
    };
    // Nothing in the app shows this table: who asks for it, as this story does at the end, needs a rule that says so.
    const tables = { [`${dataSource.id}/${accounts.table}`]: { view: { roles: ['admin'] } } };
    await app.publish([emptyFlow, requestScreen, { type: 'access.update', changes: { tables } } as unknown as Command]);
    const person = await installation.addPerson(member, 'member');
    await owner.client.call(routes.apps.setMember, {
      params: { appId: app.id, userId: person.userId },
      body: { roles: ['basic'] },
    });
    browser = await launchBrowser();
    builder = await openPage(browser, installation.server.url);
    page = builder.page;
    builder.allow(/401 POST \/api\/session\/refresh$/);
    await page.goto('/');
    await signIn(page, ownerLogin.email, ownerLogin.password);
    await page.waitForURL(/\/apps$/);
  }, 60_000);
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
    await receiver.close();
    await mail.close();
  });

  const signIn = async (where: Page, email: string, password: string): Promise<void> => {
    await where.getByLabel('E-mail').fill(email);
    await where.getByRole('textbox', { name: 'Password' }).fill(password);
    await where.getByRole('button', { name: 'Sign in' }).click();
  };
  const settings = (): Locator => page.getByRole('complementary', { name: 'Settings' });
  const runs = (): Locator => page.getByRole('region', { name: 'Runs' });
  const toBe = (expected: readonly Outline[]): Promise<void> =>
    expect.poll(() => outlineOf(page, installation, app.id, 'accessRequest'), pageStory).toEqual(expected);
  /** The same question in development (what the builder tries) and in production. */
  const people = async (): Promise<readonly unknown[]> => {
    const { rows } = await installation.owner.client.call(routes.apps.rows.list, {
      params: { app: app.slug, dataSource: accounts.dataSource, table: accounts.table },
      query: {},
      body: { limit: 100 },
    });
    return rows.map((row) => row['person']);
  };
  const lastRun = async () => {
    const { client } = installation.owner;
    const { runs: all } = await client.call(routes.flows.runs, {
      params: { appId: app.id },
      query: { environment: 'production' },
    });
    const id = all[0]?.id ?? '';
    return id === '' ? undefined : client.call(routes.flows.run, { params: { appId: app.id, run: id }, query: {} });
  };

  it('is built by keyboard and by dragging', async () => {
    await page.goto(`/edit/${app.id}/flows/flw_access`);
    await page.getByRole('group', { name: 'Trigger: Started from an app' }).waitFor();
    await flowCanvas(page).focus();
    await page.keyboard.press('a');
    await takeFromPalette(page, 'manager');
    await renameStep(page, 'askManager');
    await page.keyboard.press('+');
    await takeFromPalette(page, 'catch');
    await renameStep(page, 'giveAccess');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await takeFromPalette(page, 'create row');
    await renameStep(page, 'createAccount');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('a');
    await takeFromPalette(page, 'http');
    await renameStep(page, 'openIncident');
    const panel = await openPanel(page, 'Add a step');
    const notify = panel.getByRole('button', { name: 'Notify people', exact: true });
    const tryId = ((await cardOf(page, 'giveAccess').getAttribute('id')) ?? '').replace('flow-card-', '');
    await dragTo(page, notify, page.locator(`[data-place="${tryId}/steps:1"]`));
    await renameStep(page, 'tell');
    await toBe(['askManager', ['giveAccess', { steps: ['createAccount', 'tell'], catch: ['openIncident'] }]]);
  });

  it('is set up from the data of its own steps', async () => {
    await cardOf(page, 'askManager').click();
    await settings().getByRole('textbox', { name: 'Question' }).fill('May they have access?');
    await settings().getByPlaceholder('Choose, or type an address').first().fill(manager);
    await page.keyboard.press('Enter');
    await cardOf(page, 'createAccount').click();
    await choose(page, settings().getByRole('combobox', { name: 'Data source' }), 'Accounts');
    await choose(page, settings().getByRole('combobox', { name: 'Table' }), accounts.table);
    await settings().getByRole('button', { name: 'Column', exact: true }).click();
    await settings().getByRole('combobox', { name: 'Column 1' }).fill('person');
    await page.keyboard.press('Escape');
    await fillBinding(page, settings().getByRole('textbox', { name: 'Value of person' }), '{{ trigger.email }}');
    await cardOf(page, 'tell').click();
    await settings().getByPlaceholder('Choose, or type an address').first().fill(member);
    await page.keyboard.press('Enter');
    await fillBinding(page, settings().getByRole('textbox', { name: 'Title' }), 'Access to {{ trigger.system }}');
    await cardOf(page, 'openIncident').click();
    await choose(page, settings().getByRole('combobox', { name: 'Method' }), 'POST');
    await settings().getByRole('textbox', { name: 'Address' }).fill(`http://${nowhere}/incidents`);
    await page.getByRole('status').getByText('Saved').waitFor();
    const problems = await openPanel(page, 'Problems');
    // What is left is of the screen, which only its address leads to.
    await problems.getByText('Nothing leads to the screen').waitFor();
    await expect.poll(() => problems.getByText('accessRequest').count()).toBe(0);
  });

  it('shows in a dry run what it would do, and does none of it', async () => {
    await page.getByRole('button', { name: 'Test run' }).click();
    const dialog = page.getByRole('dialog', { name: 'Test run' });
    await dialog
      .getByRole('textbox', { name: 'What the trigger brings' })
      .fill(`{ "email": "${member}", "system": "CRM" }`);
    await dialog.getByRole('button', { name: 'Run dry' }).click();
    await dialog.waitFor({ state: 'detached' });
    await runs().getByText('Succeeded', { exact: true }).waitFor();
    // The lower part of the page is the runs': the flow is shown smaller.
    await flowCanvas(page).focus();
    await page.keyboard.press('1');
    await cardOf(page, 'askManager').getByLabel('Shown, not done').waitFor();
    await cardOf(page, 'tell').getByLabel('Shown, not done').waitFor();
    expect(await people()).toEqual([]);
  });

  it('is published, started from the form of the app, and outlives the server while it waits', async () => {
    await publish(page, 'Access requests');
    await page.goto('/');
    await page.waitForURL(/\/apps$/);
    await request();
    await expect.poll(async () => (await lastRun())?.run.state, pageStory).toBe('waiting');
    const link = await linkFor(manager);
    builder.allow(/notifications\/live$/);
    await installation.server.kill();
    await installation.server.start();
    await approve(link);
    await expect.poll(async () => (await lastRun())?.run.state, pageStory).toBe('succeeded');
    expect(await people()).toEqual([member]);
    const names = (await lastRun())?.entries.map(({ name, state }) => `${name} ${state}`);
    expect(names?.filter((name) => name.startsWith('createAccount'))).toEqual(['createAccount succeeded']);
  });

  it('fails when its incident cannot be opened, and goes on from there once it is mended', async () => {
    // The account is there already: the incident is to be opened, at an address where nobody listens.
    await request();
    await expect.poll(async () => (await lastRun())?.run.state, pageStory).toBe('waiting');
    await approve(await linkFor(manager));
    await expect.poll(async () => (await lastRun())?.run.state, { timeout: 60_000 }).toBe('failed');
    await page.goto(`/edit/${app.id}/flows/flw_access`);
    await cardOf(page, 'openIncident').click();
    await settings().getByRole('textbox', { name: 'Address' }).fill(receiver.url);
    await page.getByRole('status').getByText('Saved').waitFor();
    await publish(page, 'Incidents go to the right place');
    const failed = (await lastRun())?.run.id ?? '';
    await page.goto(`/edit/${app.id}/flows/flw_access/runs/${failed}`);
    await runs().getByText('Failed', { exact: true }).first().waitFor();
    await runs().getByRole('button', { name: 'Run again', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Run again' });
    await expect
      .poll(() => dialog.getByLabel('Begin with').first().inputValue())
      .toBe('The step that failed: Open incident');
    await dialog.getByRole('button', { name: 'Run again' }).click();
    await runs().getByText('Succeeded', { exact: true }).waitFor();
    expect([...receiver.received.values()].flat()).toHaveLength(1);
    expect(await people()).toEqual([member]);
  });

  /** Sends the form of the published app as the member, on a phone. */
  async function request(): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const phone = await context.newPage();
    await phone.goto(`${installation.server.url}/apps/${app.slug}/request`);
    await signIn(phone, member, memberPassword);
    await phone.getByRole('textbox', { name: 'Your e-mail' }).fill(member);
    await phone.getByRole('textbox', { name: 'System' }).fill('CRM');
    await phone.getByRole('button', { name: 'Send request' }).click();
    await phone.getByText('Your request is on its way.').waitFor();
    await context.close();
  }

  /** The path in the mail that asks for an approval; whoever gets it needs no account. */
  async function linkFor(address: string): Promise<string> {
    const toThem = (): number => mail.mails.findIndex(({ to }) => to[0] === address);
    await expect.poll(toThem, pageStory).toBeGreaterThan(-1);
    const [sent] = mail.mails.splice(toThem(), 1);
    return /\/answer\/[\w.-]+/.exec(sent?.text ?? '')?.[0] ?? '';
  }

  async function approve(link: string): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const phone = await context.newPage();
    await phone.goto(new URL(link, installation.server.url).href);
    await phone.getByRole('button', { name: 'Approve' }).click();
    await phone.getByText('The flow goes on; you can close this page.').waitFor();
    await context.close();
  }
});
