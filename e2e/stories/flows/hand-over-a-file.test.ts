import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type Command } from '@fettle/testing';
import { makeDemo, type MadeApp } from '../../harness/edit-app.ts';
import { memberPassword, startInstallation, type Installation } from '../../harness/installation.ts';
import { ownerLogin } from '../../harness/server-process.ts';
import { cardOf } from './flow-editor.ts';

const member = 'mia@example.com';

const flow = {
  type: 'flow.add',
  flow: {
    id: 'flw_receipt',
    name: 'fileReceipt',
    trigger: { type: 'core/manual', settings: {} },
    inputs: [
      { name: 'receipt', type: 'file', required: true },
      { name: 'note', type: 'text' },
    ],
    steps: [
      {
        id: 'stp_read',
        name: 'read',
        kind: 'action',
        type: 'core/read-file',
        settings: { file: '{{ trigger.receipt.id }}', as: 'text' },
      },
      {
        id: 'stp_give',
        name: 'give',
        kind: 'return',
        value: '{{ trigger.receipt.name }} says {{ steps.read.output.content }}',
      },
    ],
  },
} as unknown as Command;

/** A form that stores nothing but its file, and starts the flow. */
const screen = {
  type: 'screen.add',
  screen: {
    id: 'scr_receipt',
    name: 'receipt',
    title: 'Receipt',
    route: '/receipt',
    root: 'cmp_root',
    components: {
      cmp_root: { type: 'core/stack', name: 'root', settings: {}, slots: { children: ['cmp_form'] } },
      cmp_form: {
        type: 'core/form',
        name: 'claim',
        settings: { title: 'Hand in a receipt', submitLabel: 'Hand in' },
        slots: { body: ['cmp_file', 'cmp_note'] },
        events: {
          saved: [
            {
              id: 'act_start',
              type: 'core/start-flow',
              settings: {
                flow: 'flw_receipt',
                input: { receipt: '{{ event.row.receipt }}', note: '{{ event.row.note }}' },
              },
              onSuccess: [
                {
                  id: 'act_tell',
                  type: 'core/show-message',
                  settings: { text: '{{ result.output }}', kind: 'success' },
                },
              ],
            },
          ],
        },
      },
      cmp_file: { type: 'core/file-input', name: 'receipt', settings: { label: 'Receipt', required: true } },
      cmp_note: { type: 'core/text-input', name: 'note', settings: { label: 'Note' } },
    },
  },
} as unknown as Command;

describe('a person hands a file to a flow', () => {
  let installation: Installation;
  let browser: Browser;
  let app: MadeApp;

  beforeAll(async () => {
    installation = await startInstallation();
    app = await makeDemo(installation, 'Receipts');
    await app.publish([flow, screen]);
    const person = await installation.addPerson(member, 'member');
    await installation.owner.client.call(routes.apps.setMember, {
      params: { appId: app.id, userId: person.userId },
      body: { roles: ['basic'] },
    });
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
  });

  const open = async (login: { readonly email: string; readonly password: string }, path: string): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 844 } });
    const page = await context.newPage();
    await page.context().request.post(installation.server.url + routes.account.signIn.path, { data: login });
    await page.goto(installation.server.url + path);
    return page;
  };
  const shoot = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['STORY_SHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
  };

  it('by a form of an app: the flow reads what was chosen', async () => {
    const page = await open({ email: member, password: memberPassword }, `/apps/${app.slug}/receipt`);
    // What the server rendered takes no files yet.
    await page.waitForFunction(() => document.querySelector('#root [inert]') === null);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'coffee.txt', mimeType: 'text/plain', buffer: Buffer.from('two coffees') });
    await page.getByText('coffee.txt').waitFor();
    await page.getByRole('button', { name: 'Hand in' }).click();
    await page.getByText('coffee.txt says two coffees').waitFor();
    await shoot(page, 'file-handed-in');
  });

  it('whose input a builder declares as a file', async () => {
    const page = await open(ownerLogin, `/edit/${app.id}/flows/flw_receipt`);
    await cardOf(page, 'read').waitFor();
    const settings = page.getByRole('complementary', { name: 'Settings' });
    await settings
      .getByRole('button', { name: /receipt/ })
      .first()
      .click();
    const type = settings.getByRole('combobox', { name: 'Type' }).first();
    await expect.poll(() => type.inputValue()).toMatch(/file/i);
    await shoot(page, 'file-input-declared');
  });
});
