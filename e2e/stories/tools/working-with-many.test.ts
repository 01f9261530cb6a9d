import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type ApiPerson, type Command } from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { makeApp, screenOf, type MadeApp } from '../../harness/edit-app.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { checkPage } from '../../harness/keep-failure.ts';
import { addStoreSource, type StoreSource } from '../../harness/store-sources.ts';
import { openPage, type WatchedPage } from '../../harness/watched-page.ts';
import { addFromPalette, canvasOf, until } from '../chinook/builder.ts';

describe('working with many components, related rows and files', () => {
  let installation: Installation;
  let browser: Browser;
  let store: StoreSource;
  let builder: WatchedPage;
  let page: Page;
  let app: MadeApp;
  let member: ApiPerson;
  let workspace: string;
  /** A track, and the one album it is on. */
  let track: { readonly name: string; readonly album: string };
  const list = () => screenOf(app, 'album');

  beforeAll(async () => {
    installation = await startInstallation();
    store = await addStoreSource(installation, 'SQLite', databaseName('many'));
    app = await makeApp(installation, { name: 'Albums', dataSource: store.id, tables: ['album'] });
    member = await installation.addPerson('member@example.com', 'member');
    browser = await launchBrowser();
    builder = await openPage(browser, installation.server.url);
    page = builder.page;
    const pairs = installation.owner
      .cookie()
      .split('; ')
      .map((pair) => pair.split('='));
    await builder.context.addCookies(
      pairs.map(([name = '', ...value]) => ({ name, value: value.join('='), url: installation.server.url })),
    );
    const { user } = await installation.owner.client.call(routes.account.session, {});
    workspace = user?.workspaces[0]?.slug ?? '';
    const { rows } = await installation.owner.client.call(routes.dataSources.rows.list, {
      params: { workspaceId: installation.workspaceId, dataSource: store.id, table: 'track' },
      body: { limit: 1, sort: [{ column: 'track_id', direction: 'descending' }], expand: { album: {} } },
    });
    const [last] = rows as readonly { name: string; album: { title: string } }[];
    track = { name: last?.name ?? '', album: last?.album.title ?? '' };
  });
  afterEach((context) => checkPage(builder, context));
  afterAll(async () => {
    await browser.close();
    await installation.server.dispose();
    await store.drop();
  });

  const draftWhenSaved = async () => {
    await page.getByRole('status').getByText('Saved').waitFor();
    return (await installation.owner.client.call(routes.apps.draft, { params: { appId: app.id } })) as unknown as {
      definition: { screens: Record<string, { components: Record<string, { slots?: Record<string, string[]> }> }> };
    };
  };
  const selected = (): Promise<number> =>
    page.getByRole('tree', { name: 'Components' }).locator('[aria-selected="true"]').count();

  it('selects with a rubber band and with the keyboard', async () => {
    await page.goto(`/edit/${app.id}`);
    const canvas = canvasOf(page);
    await canvas.waitFor();
    await page.locator('#fettle-canvas').getByRole('row').nth(3).waitFor();
    const sheet = await page.locator('#fettle-canvas').boundingBox();
    const table = await page.locator('#fettle-canvas').getByRole('grid').first().boundingBox();
    if (sheet === null || table === null) throw new TypeError('The canvas shows no table.');
    const [x, y] = [sheet.x + sheet.width - 4, sheet.y + sheet.height - 4];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(sheet.x + 6, sheet.y + 6, { steps: 8 });
    await shot(page, 'marquee');
    await until(async () => (await selected()) > 1);
    await page.keyboard.press('Escape');
    await until(async () => (await selected()) === 0);
    await page.mouse.up();
    await canvas.focus();
    await page.keyboard.press('ControlOrMeta+A');
    await until(async () => (await selected()) > 1);
    await shot(page, 'select-all');
  });

  it('filters the rows of a table by related rows in the data page', async () => {
    await page.goto(`/w/${workspace}/data/${store.id}/tables/album`);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('combobox', { name: 'Column' }).click();
    await shot(page, 'filter-columns');
    await page.getByRole('combobox', { name: 'Column' }).fill('tracks.name');
    await page.getByRole('option', { name: 'tracks.name', exact: true }).click();
    await page.getByRole('textbox', { name: 'Value' }).fill(track.name);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: `any tracks.name is ${track.name}`, exact: true }).waitFor();
    await until(async () => (await page.getByRole('row').count()) === 2);
    await page.getByText(track.album, { exact: true }).first().waitFor();
    await shot(page, 'filtered');
  });

  it('shows a member only rows whose related rows fit, and nothing else of those', async () => {
    const [id, table] = Object.entries(list().components).find(([, { type }]) => type === 'core/table') ?? [];
    const data = {
      ...(table?.settings['data'] as object),
      filter: {
        and: [
          {
            relation: 'tracks',
            match: 'some',
            filter: { and: [{ column: 'name', operator: 'equal', value: track.name }] },
          },
        ],
      },
    };
    await app.publish([{ type: 'setting.set', screen: list().id, component: id ?? '', path: 'data', value: data }]);
    const other = await openPage(browser, installation.server.url);
    const pairs = member
      .cookie()
      .split('; ')
      .map((pair) => pair.split('='));
    await other.context.addCookies(
      pairs.map(([name = '', ...value]) => ({ name, value: value.join('='), url: installation.server.url })),
    );
    await other.page.goto(`/apps/${app.slug}`);
    await other.page.getByText(track.album, { exact: true }).first().waitFor();
    await until(async () => (await other.page.getByRole('row').count()) === 2);
    other.expectClean();
    await other.close();
    // Columns that no screen shows or filters by cannot be found out through a filter either.
    const { schema } = await installation.owner.client.call(routes.dataSources.schema, {
      params: { workspaceId: installation.workspaceId, dataSource: store.id },
    });
    const sold = schema.tables
      .find(({ id: name }) => name === 'track')
      ?.relations.find(({ table: to }) => to === 'invoice_line');
    const inner = {
      relation: sold?.name,
      match: 'some',
      filter: { column: 'unit_price', operator: 'greater', value: 0 },
    };
    const hidden = await member.send('POST', `/api/run/${app.slug}/tables/${store.id}/album/list`, {
      limit: 1,
      filter: { relation: 'tracks', match: 'some', filter: inner },
    });
    expect(hidden.status).toBe(403);
  });

  it('builds such a filter in the settings of a table', async () => {
    await page.goto(`/edit/${app.id}`);
    await page.locator('#fettle-canvas').getByRole('row').nth(1).waitFor();
    await page.locator('#fettle-canvas').getByRole('columnheader').first().click();
    await page.getByRole('combobox', { name: 'How many related rows' }).first().waitFor();
    await page.getByRole('combobox', { name: 'How many related rows' }).first().scrollIntoViewIfNeeded();
    await shot(page, 'relation-filter');
    await page.getByRole('button', { name: 'Remove condition on tracks' }).click();
    await page.getByRole('button', { name: 'Related rows' }).click();
    await page.getByRole('combobox', { name: 'Related rows', exact: true }).waitFor();
    await until(async () => (await page.locator('#fettle-canvas').getByRole('row').count()) > 5);
  });

  it('opens the tab of what is selected, and tabs by a press while designing', async () => {
    const screen = list();
    await app.publish([
      {
        type: 'component.add',
        screen: screen.id,
        parent: screen.root,
        slot: 'children',
        index: 0,
        root: 'cmp_tabs',
        components: {
          cmp_tabs: {
            type: 'core/tabs',
            name: 'sections',
            settings: {
              tabs: [
                { id: 'tab_a', label: 'Facts' },
                { id: 'tab_b', label: 'History' },
              ],
              keepAlive: true,
              look: 'line',
              grow: false,
            },
            slots: { tab_a: ['cmp_facts'], tab_b: ['cmp_history'] },
          },
          cmp_facts: { type: 'core/text', name: 'factsText', settings: { text: 'These are the facts' } },
          cmp_history: { type: 'core/text', name: 'historyText', settings: { text: 'This is the history' } },
        },
      } as Command,
    ]);
    await page.goto(`/edit/${app.id}`);
    const canvas = page.locator('#fettle-canvas');
    const facts = canvas.getByText('These are the facts');
    const history = canvas.getByText('This is the history');
    await facts.waitFor();
    expect(await history.isVisible()).toBe(false);
    await page.getByRole('tree', { name: 'Components' }).getByText('historyText').click();
    await history.waitFor();
    expect(await facts.isVisible()).toBe(false);
    await shot(page, 'tabs');
    await canvas.getByRole('tab', { name: 'Facts' }).click();
    await facts.waitFor();
    await addFromPalette(page, 'Divider', facts, 'before');
    await until(async () => {
      const { definition } = await draftWhenSaved();
      return definition.screens[screen.id]?.components['cmp_tabs']?.slots?.['tab_a']?.length === 2;
    });
  });

  it('adds files to a row and takes them away again', async () => {
    const params = { workspaceId: installation.workspaceId };
    const { dataSource } = await installation.owner.client.call(routes.dataSources.create, {
      params,
      body: { name: 'Ours', kind: 'internal' },
    });
    await installation.owner.client.call(routes.dataSources.createTable, {
      params: { ...params, dataSource: dataSource.id },
      body: {
        name: 'papers',
        fields: [
          { name: 'title', type: 'text' },
          { name: 'files', type: 'attachment' },
        ],
      },
    });
    await page.goto(`/w/${workspace}/data/${dataSource.id}/tables/papers`);
    await page.getByRole('button', { name: 'New row' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'title' }).fill('Contract');
    await dialog.locator('input[type="file"]').setInputFiles([
      { name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('a plan') },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('some notes') },
    ]);
    await dialog.getByRole('link', { name: 'notes.txt' }).waitFor();
    await dialog.getByRole('link', { name: 'plan.txt' }).waitFor();
    await shot(page, 'attachments');
    await dialog.getByRole('button', { name: 'Add row' }).click();
    await page
      .getByRole('gridcell', { name: /plan\.txt/ })
      .or(page.getByText(/plan\.txt/))
      .first()
      .dblclick();
    await dialog.getByRole('button', { name: 'Remove plan.txt' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await until(async () => (await page.getByText(/plan\.txt/).count()) === 0);
    await page
      .getByText(/notes\.txt/)
      .first()
      .waitFor();
  });
});

/** With STORY_SHOTS=<folder>: a picture to look at. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['STORY_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}
