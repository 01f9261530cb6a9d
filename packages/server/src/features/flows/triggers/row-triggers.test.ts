import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { randomText } from '@fettle/base';
import { routes, type FlowRunDetails } from '@fettle/contract';
import { emptyApp, saveApp, type App, type Flow } from '@fettle/definition';
import { findPostgres } from '@fettle/testing';
import { startDataTestServer, type DataTestServer } from '../../../testing/data-test-server.ts';
import { serverTables, sqliteTables, type ForeignTable } from '../../../testing/foreign-tables.ts';

const postgres = await findPostgres();
const metadata = `fettle_row_triggers_${randomText(8)}`;

async function onPostgres(sql: string): Promise<void> {
  const client = new Client({ ...postgres, database: 'postgres' });
  await client.connect();
  await client.query(sql);
  await client.end();
}

interface Trigger {
  readonly kind: string;
  readonly at: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly row: Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly changed: readonly string[];
  readonly by: Readonly<Record<string, unknown>>;
}

const table = 'ticket';
const columns = (key: string) => `id ${key}, title varchar(100) not null unique, state varchar(20), secret varchar(20)`;

describe.each(postgres === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const))(
  'flows that changed rows start, metadata on %s',
  (store) => {
    let server: DataTestServer;
    const foreign: ForeignTable[] = [];

    beforeAll(async () => {
      if (store === 'postgres') await onPostgres(`create database ${metadata}`);
      const url = `postgres://${postgres?.user}:${postgres?.password}@${postgres?.host}:${postgres?.port}/${metadata}`;
      server = await startDataTestServer(store === 'postgres' ? { DATABASE_URL: url } : {});
    }, 30_000);
    afterAll(async () => {
      await server?.close();
      for (const one of foreign) await one.drop();
      if (store === 'postgres') await onPostgres(`drop database if exists ${metadata} with (force)`);
    });

    const internal = async (): Promise<string> => {
      const params = { workspaceId: server.workspaceId };
      const { dataSources } = await server.client.call(routes.dataSources.list, { params });
      const known = dataSources.find(({ kind }) => kind === 'internal');
      if (known !== undefined) return known.id;
      const { dataSource } = await server.client.call(routes.dataSources.create, {
        params,
        body: { name: 'Tables', kind: 'internal' },
      });
      await server.client.call(routes.dataSources.createTable, {
        params: { ...params, dataSource: dataSource.id },
        body: {
          name: table,
          fields: [
            { name: 'title', type: 'text', required: true, unique: true },
            { name: 'state', type: 'text' },
            { name: 'secret', type: 'text' },
          ],
        },
      });
      return dataSource.id;
    };
    const external = async (made: ForeignTable | undefined): Promise<string | undefined> => {
      if (made === undefined) return undefined;
      foreign.push(made);
      const { dataSource } = await server.client.call(routes.dataSources.create, {
        params: { workspaceId: server.workspaceId },
        body: made.input,
      });
      return dataSource.id;
    };
    const publish = async (dataSource: string, flows: readonly Partial<Flow>[], before?: { appId: string }) => {
      const full = flows.map((flow): Flow => ({
        id: `flw_${flow.name}`,
        name: 'flow',
        trigger: { type: 'core/row-changed', settings: { data: { dataSource, table } } },
        steps: [],
        ...flow,
      }));
      const app: App = {
        ...emptyApp('Tickets'),
        flows: Object.fromEntries(full.map((flow) => [flow.id, flow])),
      };
      const all = { roles: ['admin'] };
      const access = {
        ...app.access,
        tables: { [`${dataSource}/${table}`]: { view: all, create: all, update: all, delete: all } },
      };
      const made = await server.client.call(routes.apps.create, {
        params: { workspaceId: server.workspaceId },
        body: { name: 'Tickets', from: { kind: 'definition', files: saveApp({ ...app, access }) } },
      });
      const appId = before?.appId ?? made.app.id;
      await server.client.call(routes.apps.publish, { params: { appId }, body: { revision: 0 } });
      return { appId, place: { app: made.app.slug, dataSource, table } };
    };
    const triggerSettings = (dataSource: string, settings: Readonly<Record<string, unknown>>) => ({
      trigger: { type: 'core/row-changed', settings: { data: { dataSource, table }, ...settings } },
    });
    const runsOf = async (appId: string, flow?: string): Promise<readonly FlowRunDetails[]> => {
      const query = flow === undefined ? {} : { flow: `flw_${flow}` };
      const { runs } = await server.client.call(routes.flows.runs, {
        params: { appId },
        query: { ...query, limit: 200 },
      });
      const details = [];
      for (const { id } of runs.toReversed()) {
        details.push((await server.client.call(routes.flows.run, { params: { appId, run: id }, query: {} })).run);
      }
      return details;
    };
    /** The triggers of the runs of a flow, once there are so many and no more come. */
    const triggersOf = async (appId: string, flow: string, count: number): Promise<readonly Trigger[]> => {
      const until = Date.now() + 10_000;
      let runs = await runsOf(appId, flow);
      while (runs.length < count && Date.now() < until) {
        await pause(25);
        runs = await runsOf(appId, flow);
      }
      if (count === 0) await pause(150);
      const triggers = (await runsOf(appId, flow)).map(({ trigger }) => trigger as unknown as Trigger);
      const order = ({ at, row }: Trigger): string => `${at} ${String(row['title'])}`;
      return triggers.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
    };

    const sources: readonly (readonly [string, () => Promise<string | undefined>])[] = [
      ['internal', internal],
      [
        'external SQLite',
        () =>
          external(
            sqliteTables(server.folder, [`create table ${table} (${columns('integer primary key autoincrement')})`]),
          ),
      ],
      [
        'external PostgreSQL',
        async () =>
          external(await serverTables('postgres', [`create table ${table} (${columns('serial primary key')})`])),
      ],
      [
        'external MariaDB',
        async () =>
          external(
            await serverTables('mysql', [`create table ${table} (${columns('int auto_increment primary key')})`]),
          ),
      ],
    ];

    it.each(sources)(
      'of an %s table: one run for each change, with the row as it was and is',
      async (_, make) => {
        const dataSource = await make();
        if (dataSource === undefined) return;
        const { appId, place } = await publish(dataSource, [{ name: 'all' }]);
        const { rows } = routes.apps;
        const call = server.client;
        const [made] = (await call.call(rows.create, { params: place, body: { rows: [{ title: 'a', state: 'new' }] } }))
          .rows;
        const key = { id: made?.['id'] ?? null };
        await call.call(rows.update, { params: place, body: { changes: [{ key, values: { state: 'done' } }] } });
        // Nothing changes.
        await call.call(rows.update, { params: place, body: { changes: [{ key, values: { state: 'done' } }] } });
        await call.call(rows.create, { params: place, body: { rows: [{ title: 'b' }, { title: 'c', state: 'x' }] } });
        await call.call(rows.delete, { params: place, body: { keys: [key] } });
        // What does not happen starts nothing, all of a request or none of it.
        const twice = { rows: [{ title: 'new' }, { title: 'b' }] };
        await expect(call.call(rows.create, { params: place, body: twice })).rejects.toMatchObject({
          kind: 'conflict',
        });
        const triggers = await triggersOf(appId, 'all', 5);
        expect(
          triggers.map(({ kind, row, before, changed }) => [
            kind,
            row['title'],
            row['state'],
            before?.['state'],
            changed,
          ]),
        ).toEqual([
          ['created', 'a', 'new', undefined, []],
          ['updated', 'a', 'done', 'new', ['state']],
          ['created', 'b', null, undefined, []],
          ['created', 'c', 'x', undefined, []],
          ['deleted', 'a', 'done', undefined, []],
        ]);
        expect(triggers[1]).toMatchObject({ key, by: { kind: 'user', email: 'owner@example.com' } });
        expect(
          (await runsOf(appId)).every(
            ({ startedBy, environment }) => startedBy === 'owner@example.com' && environment === 'production',
          ),
        ).toBe(true);
      },
      30_000,
    );

    const place = { dataSource: '' };
    const settle = async (
      changes: (call: typeof server.client, at: RowPlace) => Promise<void>,
      flows: readonly Partial<Flow>[],
    ) => {
      const { appId, place: at } = await publish(place.dataSource, flows);
      await changes(server.client, at);
      return appId;
    };
    type RowPlace = Awaited<ReturnType<typeof publish>>['place'];
    const add = async (at: RowPlace, row: Readonly<Record<string, string | null>>) => {
      const stored = (await server.client.call(routes.apps.rows.create, { params: at, body: { rows: [row] } })).rows[0];
      return { id: stored?.['id'] ?? null };
    };
    const change = async (
      at: RowPlace,
      key: Awaited<ReturnType<typeof add>>,
      values: Readonly<Record<string, string | null>>,
    ) => void (await server.client.call(routes.apps.rows.update, { params: at, body: { changes: [{ key, values }] } }));
    const remove = async (at: RowPlace, key: Awaited<ReturnType<typeof add>>) =>
      void (await server.client.call(routes.apps.rows.delete, { params: at, body: { keys: [key] } }));

    describe('in the tables of a workspace', () => {
      beforeAll(async () => {
        place.dataSource = await internal();
      });

      it('only for the kinds, columns and rows that are chosen', async () => {
        const { dataSource } = place;
        const approved = { column: 'state', operator: 'equal', value: 'approved' };
        const appId = await settle(
          async (_, at) => {
            const key = await add(at, { title: 'f', state: 'new' });
            await change(at, key, { state: 'approved' });
            await change(at, key, { title: 'f2' });
            await change(at, key, { state: 'closed' });
            await remove(at, key);
          },
          [
            { name: 'deleted', ...triggerSettings(dataSource, { kinds: ['deleted'] }) },
            { name: 'watched', ...triggerSettings(dataSource, { kinds: ['updated'], watch: ['title'] }) },
            { name: 'matching', ...triggerSettings(dataSource, { filter: approved }) },
            { name: 'entering', ...triggerSettings(dataSource, { filter: approved, entering: true }) },
            {
              name: 'leaving',
              ...triggerSettings(dataSource, { before: approved, filter: { not: approved }, kinds: ['updated'] }),
            },
            { name: 'off', disabled: true, ...triggerSettings(dataSource, {}) },
          ],
        );
        const said = async (flow: string, count: number) =>
          (await triggersOf(appId, flow, count)).map(
            ({ kind, row }) => `${kind} ${String(row['title'])} ${String(row['state'])}`,
          );
        expect(await said('leaving', 1)).toEqual(['updated f2 closed']);
        expect(await said('deleted', 1)).toEqual(['deleted f2 closed']);
        expect(await said('watched', 1)).toEqual(['updated f2 approved']);
        expect(await said('matching', 2)).toEqual(['updated f approved', 'updated f2 approved']);
        expect(await said('entering', 1)).toEqual(['updated f approved']);
        expect(await said('off', 0)).toEqual([]);
      });

      it('with the columns that the flow may read, and no other', async () => {
        const appId = await settle(
          async (_, at) => {
            const key = await add(at, { title: 'r', state: 'new', secret: 'hush' });
            await change(at, key, { state: 'open', secret: 'hush again' });
          },
          [{ name: 'narrow', ...triggerSettings(place.dataSource, { columns: ['state'] }) }],
        );
        const triggers = await triggersOf(appId, 'narrow', 2);
        expect(
          triggers.map(({ row, before, changed }) => [Object.keys(row), before && Object.keys(before), changed]),
        ).toEqual([
          [['id', 'state'], null, []],
          [['id', 'state'], ['id', 'state'], ['state']],
        ]);
        expect(JSON.stringify(await runsOf(appId))).not.toContain('hush');
      });

      it('of imports, and of flows; a flow that changes what starts it comes to an end and says why', async () => {
        const { dataSource } = place;
        const data = { dataSource, table };
        const { appId, place: at } = await publish(dataSource, [
          {
            name: 'loop',
            ...triggerSettings(dataSource, { filter: { column: 'title', operator: 'startsWith', value: 'loop' } }),
            steps: [
              {
                id: 'stp_again',
                name: 'again',
                kind: 'action',
                type: 'core/update-row',
                settings: { data, key: '{{ trigger.row }}', values: { state: '{{ run.id }}' } },
              },
            ],
          },
        ]);
        const params = { workspaceId: server.workspaceId, dataSource, table };
        const csv = 'title,state\nloop,x\nother,y\n';
        const response = await fetch(
          `${server.baseUrl}/api/workspaces/${params.workspaceId}/data-sources/${dataSource}/tables/${table}/import?environment=production`,
          {
            method: 'POST',
            headers: { cookie: server.cookie, origin: server.baseUrl, 'content-type': 'text/csv' },
            body: csv,
          },
        );
        expect(response.status, await response.clone().text()).toBe(200);
        const triggers = await triggersOf(appId, 'loop', 12);
        expect(triggers[0]).toMatchObject({ kind: 'created', by: { kind: 'user' } });
        expect(triggers[1]).toMatchObject({ kind: 'updated', by: { kind: 'flow', id: 'flw_loop' } });
        await pause(200);
        const runs = await runsOf(appId, 'loop');
        expect(runs).toHaveLength(12);
        expect(runs.filter(({ state }) => state === 'failed').map(({ error }) => error?.code)).toEqual([
          'flow.endless',
        ]);
        await server.client.call(routes.apps.unpublish, { params: { appId } });
        await add(at, { title: 'loop after' }).catch(() => undefined);
      });

      it('not while the app is not published, nor for what is tried in development', async () => {
        const { dataSource } = place;
        const { appId, place: at } = await publish(dataSource, [{ name: 'live' }]);
        const params = { workspaceId: server.workspaceId, dataSource, table };
        await server.client.call(routes.dataSources.rows.create, { params, body: { rows: [{ title: 'dev' }] } });
        const other = await publish(dataSource, []);
        await add(at, { title: 'one' });
        await server.client.call(routes.apps.unpublish, { params: { appId } });
        await add(other.place, { title: 'two' });
        expect((await triggersOf(appId, 'live', 1)).map(({ row }) => row['title'])).toEqual(['one']);
        await pause(100);
        expect(await runsOf(appId)).toHaveLength(1);
      });

      it('unless their settings say no table or no filter that can be read: such are not published', async () => {
        const related = { relation: 'owner', match: 'some' };
        const flows = [
          { name: 'related', ...triggerSettings(place.dataSource, { filter: { and: [related] } }) },
          { name: 'nowhere', trigger: { type: 'core/row-changed', settings: {} } },
          { name: 'strange', ...triggerSettings(place.dataSource, { filter: { column: 'x', operator: 'about' } }) },
          {
            name: 'bound',
            ...triggerSettings(place.dataSource, {
              filter: { column: 'title', operator: 'equal', value: '{{ user.id }}' },
            }),
          },
        ];
        for (const flow of flows)
          await expect(publish(place.dataSource, [flow]), flow.name).rejects.toMatchObject({
            problems: [{ code: 'trigger.unreadable' }],
          });
      });
    });
  },
);
