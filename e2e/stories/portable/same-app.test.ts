import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, routes, type ApiPerson, type AppFiles, type Command } from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { memberPassword, startInstallation, type Installation } from '../../harness/installation.ts';
import { addStoreSource, availableSystems, type StoreSource, type StoreSystem } from '../../harness/store-sources.ts';
import { openPage } from '../../harness/watched-page.ts';

const systems = await availableSystems();
const database = databaseName('portable');
const tables = ['artist', 'album', 'track', 'genre'];

let files: AppFiles = {};
let builtOn = '';
/** What each check gave on the first system: the others must give the very same. */
const given = new Map<string, unknown>();

/** A chart and a query of one's own, on top of what is generated. */
function ownParts(dataSource: string, screen: string, root: string): readonly Command[] {
  return [
    {
      type: 'query.add',
      query: {
        id: 'qry_long',
        name: 'longTracks',
        dataSource,
        kind: 'sql',
        settings: {
          sql: 'select genre.name as genre, count(*) as tracks from track join genre on genre.genre_id = track.genre_id where track.milliseconds > {{ longerThan }} group by genre.name order by genre.name',
        },
        parameters: [{ name: 'longerThan', type: 'integer', required: true, default: 300_000 }],
        mode: 'read',
        run: 'load',
      },
    },
    {
      type: 'component.add',
      screen,
      parent: root,
      slot: 'children',
      root: 'cmp_chart',
      components: {
        cmp_chart: {
          type: 'core/bar-chart',
          name: 'byGenre',
          settings: {
            data: { kind: 'table', dataSource, table: 'track' },
            category: 'genre.name',
            measures: [{ function: 'count', label: 'Tracks' }],
          },
        },
      },
    },
    {
      type: 'component.add',
      screen,
      parent: root,
      slot: 'children',
      root: 'cmp_long',
      components: {
        cmp_long: {
          type: 'core/stat',
          name: 'long',
          settings: { label: 'Genres with long tracks', value: '{{ queries.longTracks.data?.length }}' },
        },
      },
    },
  ];
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(systems)('one app definition, unchanged, on %s', (system: StoreSystem) => {
  let installation: Installation;
  let store: StoreSource;
  let member: ApiPerson;
  let slug = '';

  beforeAll(async () => {
    installation = await startInstallation();
    store = await addStoreSource(installation, system, database);
    member = await installation.addPerson('member@example.com', 'member');
  });
  afterAll(async () => {
    await installation.server.dispose();
    await store.drop();
  });

  const place = (table: string) => ({ app: slug, dataSource: store.id, table });
  const { rows } = routes.apps;
  const same = (what: string, value: unknown): void => {
    if (given.has(what)) expect(value, `${what} as on ${systems[0]}`).toEqual(given.get(what));
    else given.set(what, value);
  };

  it('is built once and taken over as it is', async () => {
    const { owner, workspaceId } = installation;
    const params = { workspaceId };
    if (Object.keys(files).length === 0) {
      const { app } = await owner.client.call(routes.apps.create, {
        params,
        body: { name: 'Music', from: { kind: 'tables', dataSource: store.id, tables } },
      });
      const draft = await owner.client.call(routes.apps.draftApp, { params: { appId: app.id }, query: {} });
      const screen = Object.values(draft.client.screens).find(({ name }) => /^tracks?$/.test(name));
      const commands = ownParts(store.id, screen?.id ?? '', screen?.root ?? '') as unknown as Record<string, unknown>[];
      await owner.client.call(routes.apps.edit, {
        params: { appId: app.id },
        body: { revision: 0, requestId: 'own-parts', commands },
      });
      files = (await owner.client.call(routes.apps.export, { params: { appId: app.id } })).files;
      builtOn = store.id;
      await owner.client.call(routes.apps.delete, { params: { appId: app.id }, query: { confirm: 'Music' } });
    }
    const unknown = owner.client.call(routes.apps.create, {
      params,
      body: { name: 'Music', from: { kind: 'definition', files, dataSources: { [builtOn]: 'src_unknown' } } },
    });
    await expect(unknown).rejects.toMatchObject({ kind: 'not-found' });
    const { app } = await owner.client.call(routes.apps.create, {
      params,
      body: { name: 'Music', from: { kind: 'definition', files, dataSources: { [builtOn]: store.id } } },
    });
    const { problems } = await owner.client.call(routes.apps.problems, { params: { appId: app.id } });
    expect(problems).toEqual([]);
    await owner.client.call(routes.apps.publish, { params: { appId: app.id }, body: { revision: 0 } });
    const exported = await owner.client.call(routes.apps.export, { params: { appId: app.id } });
    expect(JSON.parse(JSON.stringify(exported.files).replaceAll(store.id, builtOn))).toEqual(files);
    slug = app.slug;
  });

  it('describes the same tables and relations to the browser', async () => {
    const opened = await member.client.call(routes.apps.open, { params: { app: slug } });
    const described = Object.values(opened.tables).map(({ id, primaryKey, columns, relations }) => ({
      id,
      primaryKey,
      columns: columns.map(({ name, type, nullable }) => ({
        name,
        type: type === 'timestamp' ? 'dateTime' : type,
        nullable,
      })),
      relations: relations
        .map(({ name, kind, table }) => ({ name, kind, table }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    }));
    expect(described.map(({ id }) => id)).toEqual(expect.arrayContaining(tables));
    same(
      'tables',
      described.sort((a, b) => a.id.localeCompare(b.id)),
    );
  });

  it('lists, pages, sorts, filters and searches the same', async () => {
    const body = {
      columns: ['name', 'milliseconds', 'unit_price'],
      expand: { album: { columns: ['title'] }, genre: { columns: ['name'] } },
      sort: [{ column: 'milliseconds', direction: 'descending' as const }],
      limit: 20,
      total: 'exact' as const,
    };
    const first = await member.client.call(rows.list, { params: place('track'), body });
    const second = await member.client.call(rows.list, {
      params: place('track'),
      body: { ...body, cursor: first.next ?? '' },
    });
    const third = await member.client.call(rows.list, { params: place('track'), body: { ...body, offset: 40 } });
    same('first page', first.rows);
    same('second page', second.rows);
    same('third page', third.rows);
    same('total', first.total);
    const byAlbum = await member.client.call(rows.list, {
      params: place('track'),
      body: { columns: ['name'], filter: { column: 'album_id', operator: 'equal', value: 1 }, limit: 50 },
    });
    expect(byAlbum.rows.length).toBeGreaterThan(0);
    same('filtered', byAlbum.rows);
    const byRelated = await member.client.call(rows.list, {
      params: place('track'),
      body: {
        columns: ['name'],
        filter: {
          and: [
            { column: 'genre.name', operator: 'startsWith', value: 'ro' },
            { column: 'unit_price', operator: 'less', value: '1.00' },
          ],
        },
        limit: 50,
        total: 'exact',
      },
    });
    same('filtered by a related column', byRelated);
    const found = await member.client.call(rows.list, {
      params: place('track'),
      body: { columns: ['name'], search: { text: 'LOVE', columns: ['name'] }, limit: 50, total: 'exact' },
    });
    same('search', found.rows);
  });

  it('measures the same', async () => {
    const body = {
      groupBy: [{ column: 'genre.name' }],
      measures: [
        { name: 'tracks', function: 'count' as const },
        { name: 'price', function: 'sum' as const, column: 'unit_price' },
      ],
      sort: [{ column: 'genre.name', direction: 'ascending' as const }],
      limit: 100,
    };
    same('measured', (await member.client.call(rows.aggregate, { params: place('track'), body })).rows);
  });

  it('runs the query with typed parameters', async () => {
    const run = (parameters: Record<string, number | string>) =>
      member.client.call(routes.apps.runQuery, { params: { app: slug, query: 'qry_long' }, body: { parameters } });
    same('query', (await run({ longerThan: 250_000 })).data);
    same('query of few', (await run({ longerThan: 600_000 })).data);
    await expect(run({ longerThan: '0 or 1 = 1 --' })).rejects.toMatchObject({ kind: 'input' });
  });

  it('changes a row, and refuses a change on top of something old', async () => {
    const change = (name: string, expected: string) =>
      member.client.call(rows.update, {
        params: place('track'),
        body: {
          changes: [{ key: { track_id: 1 }, values: { name, unit_price: '1.29' }, expected: { name: expected } }],
        },
      });
    const before = await member.client.call(rows.get, { params: { ...place('track'), key: '1' } });
    const changed = await change('Renamed „déjà vu“ 名前', String(before.row['name']));
    same('changed', changed.rows);
    await expect(change('Again', String(before.row['name']))).rejects.toMatchObject({ kind: 'conflict' });
    same('read again', (await member.client.call(rows.get, { params: { ...place('track'), key: '1' } })).row);
  });

  it('works the same in the browser', async () => {
    const user = await openPage(browser, installation.server.url);
    await user.context.request.post(routes.account.signIn.path, {
      data: { email: 'member@example.com', password: memberPassword },
    });
    await user.page.goto(`/apps/${slug}/track`);
    await user.page.getByText('Renamed „déjà vu“ 名前').first().waitFor();
    await user.page.getByText('1–25 of').waitFor();
    await user.page.getByText('Genres with long tracks').waitFor();
    const bars = user.page.getByRole('figure').getByRole('row');
    await expect.poll(() => bars.count()).toBeGreaterThan(10);
    same('bars', await bars.allTextContents());
    await user.page.getByText('Renamed „déjà vu“ 名前').first().click();
    await user.page.getByRole('button', { name: 'Edit' }).click();
    await user.page.getByRole('textbox', { name: /^Composer/ }).fill('Somebody else');
    await user.page.getByRole('button', { name: 'Save changes' }).click();
    await user.page.getByText('Somebody else').waitFor();
    user.expectClean();
    await user.close();
    same(
      'edited in the browser',
      (await member.client.call(rows.get, { params: { ...place('track'), key: '1' } })).row,
    );
  });

  it('creates and deletes', async () => {
    const created = await member.client.call(rows.create, {
      params: place('artist'),
      body: { rows: [{ artist_id: 90_001, name: 'New artist' }] },
    });
    same('created', created.rows);
    const deleted = await member.client.call(rows.delete, {
      params: place('artist'),
      body: { keys: [{ artist_id: 90_001 }] },
    });
    expect(deleted.deleted).toBe(1);
  });
});
