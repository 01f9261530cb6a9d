import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type Command } from '@fettle/testing';
import { makeApp, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { createPluginAuthor, signInBrowser, type PluginAuthor } from '../../harness/plugin-folder.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';
import { canvasOf, selectScreen } from '../chinook/builder.ts';

const itOperations = fileURLToPath(new URL('../../../plugins/it-operations', import.meta.url));
const shots = process.env['STORY_SHOTS'];

/** A plugin whose action ends its process until it is told not to, by what was typed. */
const fragile = {
  'fettle.plugin.json': JSON.stringify({
    id: 'acme-fragile',
    version: '0.1.0',
    title: 'Acme fragile',
    description: 'An action that falls over.',
    sdk: '^0.1.0',
    permissions: {},
  }),
  'src/plugin.ts': `import { defineEventAction, setting, Type } from '@fettle/sdk';
import { implementServerEventAction } from '@fettle/sdk/server';

const manifest = defineEventAction({
  id: 'acme-fragile/fall',
  version: 1,
  title: 'Fall over',
  description: 'Falls over when it is told to.',
  icon: 'bolt',
  category: 'Acme',
  settings: Type.Object({
    how: Type.Optional(setting(Type.String(), { title: 'How' })),
    kept: Type.Optional(setting(Type.String(), { title: 'Kept' })),
  }),
  result: Type.Object({ kept: Type.String() }),
  server: { effect: 'outside' },
});
export const eventActions = [
  implementServerEventAction(manifest, () =>
    Promise.resolve({
      run: async ({ settings }) => {
        if (settings['how'] === 'loop') for (;;);
        return { kept: String(settings['kept']) };
      },
    }),
  ),
];
`,
};

describe('a button does what a plugin brings', () => {
  let installation: Installation;
  let author: PluginAuthor;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let app: MadeApp;
  let screen: string;
  let outside: Server;
  let port: number;

  beforeAll(async () => {
    outside = createServer((_request, response) => response.end('fine'));
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    ({ port } = outside.address() as AddressInfo);
    installation = await startInstallation({
      settings: { FETTLE_ALLOWED_HOSTS: `127.0.0.1:${port},localhost:${port}` },
    });
    author = await createPluginAuthor(installation);
    await author.write('acme-fragile', fragile);
    for (const folder of [itOperations, join(author.folder, 'acme-fragile')]) {
      const packed = await author.fettle(['plugin', 'pack', folder, '--output', join(author.folder, 'packed.tgz')]);
      expect(packed.code, packed.stderr + packed.stdout).toBe(0);
      const installed = await author.fettle(['plugin', 'install', 'packed.tgz', '--yes']);
      expect(installed.code, installed.stderr + installed.stdout).toBe(0);
    }
    const { owner, workspaceId } = installation;
    const { dataSource } = await owner.client.call(routes.dataSources.create, {
      params: { workspaceId },
      body: { name: 'Demo', kind: 'demo' },
    });
    app = await makeApp(installation, { name: 'Hosts', dataSource: dataSource.id, tables: ['people'] });
    screen = 'scr_hosts';
    await app.publish([
      {
        type: 'screen.add',
        screen: {
          id: screen,
          name: 'hosts',
          title: 'Hosts',
          route: '/hosts',
          root: 'cmp_root',
          state: [{ id: 'st_said', name: 'said', initial: 'Nothing yet' }],
          components: {
            cmp_root: {
              type: 'core/stack',
              name: 'root',
              settings: {},
              slots: { children: ['cmp_host', 'cmp_check', 'cmp_fall', 'cmp_said', 'cmp_admin'] },
            },
            cmp_host: { type: 'core/text-input', name: 'host', settings: { label: 'Host' } },
            cmp_check: { type: 'core/button', name: 'check', settings: { text: 'Check it' } },
            cmp_fall: {
              type: 'core/button',
              name: 'fall',
              settings: { text: 'Fall over' },
              events: {
                click: [
                  {
                    id: 'act_fall',
                    type: 'acme-fragile/fall',
                    settings: { how: '{{ components.host.value }}', kept: 'as built' },
                    onSuccess: [said('{{ result.kept }}')],
                  },
                ],
              },
            },
            cmp_said: { type: 'core/text', name: 'said', settings: { text: 'Said: {{ state.said }}' } },
            cmp_admin: {
              type: 'core/button',
              name: 'admin',
              settings: { text: 'For admins' },
              access: { roles: ['admin'] },
              events: { click: [{ id: 'act_admin', type: 'acme-fragile/fall', settings: {} }] },
            },
          },
        },
      } as unknown as Command,
    ]);
    browser = await launchBrowser();
    watched = await openPage(browser, installation.server.url);
    page = watched.page;
    await signInBrowser(watched.context, installation, owner);
  }, 180_000);
  afterEach((context) => checkPage(watched, context));
  afterAll(async () => {
    await browser.close();
    await author.dispose();
    await installation.server.dispose();
    outside.close();
  });

  const said = (value: string) => ({
    id: 'act_said',
    type: 'core/set-state',
    settings: { variable: 'st_said', value },
  });
  const shoot = async (name: string): Promise<void> => {
    if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`) });
  };
  const notice = (text: string | RegExp) => page.getByRole('alert').filter({ hasText: text }).first();

  it('is found among the actions of the builder, with the name of its plugin, and set there', async () => {
    await page.goto(`/edit/${app.id}`);
    await selectScreen(page, 'hosts');
    await canvasOf(page).waitFor();
    await page.getByRole('treeitem', { name: /^check/ }).click();
    await page.getByRole('tab', { name: /Events/ }).click();
    await page.getByRole('button', { name: 'Add action' }).first().click();
    await page.getByRole('textbox', { name: 'Search actions' }).fill('host');
    await page.getByText('IT operations', { exact: true }).waitFor();
    await shoot('event-actions-list');
    await page.getByRole('option', { name: /Check this host now/ }).click();
    await page.getByText('Runs on the server.', { exact: false }).waitFor();
    await shoot('event-action-settings');
    // What follows edits the same draft.
    await page.getByRole('status').getByText('Saved').waitFor();
  });

  it('is pressed on the canvas and in the preview as in the published app, by what the draft says', async () => {
    const check = {
      id: 'act_try',
      type: 'it-operations/check-now',
      settings: { host: '{{ components.host.value }}', check: 'port', port, allowed: 'nowhere.example.com' },
      onSuccess: [said('{{ result.summary }}')],
    };
    const set = (actions: readonly object[]) =>
      ({ type: 'events.set', screen, component: 'cmp_check', event: 'click', actions }) as unknown as Command;
    await app.publish([set([check])]);
    await page.goto(`/edit/${app.id}`);
    await selectScreen(page, 'hosts');
    const canvas = canvasOf(page);
    const press = async (host: string, where: Page | typeof canvas): Promise<void> => {
      await where.getByRole('textbox', { name: 'Host', exact: true }).fill(host);
      await where.getByRole('button', { name: 'Check it' }).click();
    };
    await canvas.getByRole('button', { name: 'Check it' }).waitFor();
    await page.getByRole('button', { name: 'Use the app on the canvas' }).click();
    watched.allow(/400 POST .*act_try\/run$/);
    await press('127.0.0.1', canvas);
    await notice('"127.0.0.1" is none of the hosts that may be checked here.').waitFor();
    // What was changed a moment ago is what runs, though it is not published and may not be saved yet.
    await page.getByRole('treeitem', { name: /^check/ }).click();
    await page.getByRole('tab', { name: /Events/ }).click();
    await page
      .getByRole('button', { name: /^Check this host now/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: 'Hosts that may be checked' }).fill('127.0.0.1 localhost');
    await press('127.0.0.1', canvas);
    await canvas.getByText(`Said: 127.0.0.1 listens at port ${port}`).waitFor();
    await shoot('event-action-on-canvas');
    await page.getByText('Saved', { exact: true }).waitFor();
    await page.goto(`/preview/${app.id}/hosts`);
    await press('127.0.0.1', page);
    await page.getByText(`Said: 127.0.0.1 listens at port ${port}`).waitFor();
    // The published app is as it was.
    await page.goto(`/apps/${app.slug}/hosts`);
    await press('127.0.0.1', page);
    await notice('"127.0.0.1" is none of the hosts that may be checked here.').waitFor();
  });

  it('is pressed in the published app, and shows what the server found', async () => {
    await app.publish([
      {
        type: 'events.set',
        screen,
        component: 'cmp_check',
        event: 'click',
        actions: [
          {
            id: 'act_check',
            type: 'it-operations/check-now',
            settings: { host: '{{ components.host.value }}', check: 'port', port, allowed: '127.0.0.1 localhost' },
            onSuccess: [said('{{ result.summary }}')],
          },
        ],
      } as unknown as Command,
    ]);
    await page.goto(`/apps/${app.slug}/hosts`);
    await page.getByLabel('Host').fill('127.0.0.1');
    await page.getByRole('button', { name: 'Check it' }).press('Enter');
    await page.getByText(`127.0.0.1 listens at port ${port}`).waitFor();
    await shoot('event-action-pressed');
    watched.allow(/400 POST .*act_check\/run$/);
    await page.getByLabel('Host').fill('example.com');
    await page.getByRole('button', { name: 'Check it' }).click();
    await notice('"example.com" is none of the hosts that may be checked here.').waitFor();
  });

  it('tells of a process that had to be ended, and the next press works', async () => {
    watched.allow(/50\d POST .*act_fall\/run$/);
    await page.getByLabel('Host').fill('loop');
    await page.getByRole('button', { name: 'Fall over' }).click();
    await notice(/The plugin "Acme fragile" hangs/).waitFor({ timeout: 60_000 });
    await shoot('event-action-ended');
    await page.getByLabel('Host').fill('well');
    // It rests for a moment before it is started again, and says so.
    await expect
      .poll(
        async () => {
          await page.getByRole('button', { name: 'Fall over' }).click();
          return page.getByText('Said: as built').isVisible();
        },
        { timeout: 30_000, interval: 1000 },
      )
      .toBe(true);
  });

  it('does nothing for who may not see it, nor for a body with other settings', async () => {
    const member = await installation.addPerson('member@example.com', 'member');
    const { version } = await installation.owner.client.call(routes.apps.open, { params: { app: app.slug } });
    const press = (
      person: Pick<typeof member, 'client'>,
      action: readonly [owner: string, id: string],
      values: Record<string, unknown[]>,
    ) =>
      person.client.call(routes.apps.runEventAction, {
        params: { app: app.slug, screen, owner: action[0], event: 'click', action: action[1] },
        body: { version, requestId: `prs_story_${Math.random().toString(36).slice(2).padEnd(12, '0')}`, values },
      });
    const { owner } = installation;
    await expect(press(member, ['cmp_admin', 'act_admin'], {})).rejects.toMatchObject({ kind: 'not-allowed' });
    expect(await press(owner, ['cmp_admin', 'act_admin'], {})).toEqual({ result: { kept: 'undefined' } });
    const fall = ['cmp_fall', 'act_fall'] as const;
    await expect(press(owner, fall, { '/how': ['well'], '/kept': ['forged'] })).rejects.toMatchObject({
      code: 'event-action.values-differ',
    });
    expect(await press(owner, fall, { '/how': ['well'] })).toEqual({ result: { kept: 'as built' } });
  });

  it('keeps its place in the builder while its plugin is off', async () => {
    const { owner, workspaceId } = installation;
    const turn = (isEnabled: boolean) =>
      owner.client.call(routes.plugins.change, {
        params: { workspaceId, plugin: 'it-operations' },
        body: { isEnabled },
      });
    await turn(false);
    await page.goto(`/edit/${app.id}`);
    await selectScreen(page, 'hosts');
    await page.getByRole('treeitem', { name: /^check/ }).click();
    await page.getByRole('tab', { name: /Events/ }).click();
    await page.getByRole('button', { name: /^it-operations\/check-now/ }).click();
    await page.getByText('The plugin “it-operations” is not installed, or turned off.', { exact: false }).waitFor();
    await shoot('event-action-missing');
    await turn(true);
    await page
      .getByRole('button', { name: /^Check this host now/ })
      .first()
      .waitFor();
    await page.getByText('Hosts that may be checked').waitFor();
    await page.goto('/');
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('tab', { name: 'Plugins' }).click();
    await page.getByText('IT operations').first().waitFor();
    await shoot('plugin-page');
  });
});
