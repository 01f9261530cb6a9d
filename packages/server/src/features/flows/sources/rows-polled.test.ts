import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { routes, type FlowRunDetails, type FlowSourceInfo } from '@fettle/contract';
import { emptyApp, saveApp, type App } from '@fettle/definition';
import { startDataTestServer, type DataTestServer } from '../../../testing/data-test-server.ts';
import { serverTables, sqliteTables, type ForeignTable } from '../../../testing/foreign-tables.ts';

interface Trigger {
  readonly table: string;
  readonly key: Readonly<Record<string, unknown>>;
  readonly row: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

const columnsOf = (time: string) =>
  `id integer primary key, title varchar(100) not null, state varchar(20), secret varchar(20), changed_at ${time}`;

const makers: readonly (readonly [string, string, (folder: string) => Promise<ForeignTable | undefined>])[] = [
  [
    'PostgreSQL',
    'timestamptz',
    () => serverTables('postgres', [`create table ticket (${columnsOf('timestamptz(6)')})`]),
  ],
  ['MariaDB', 'datetime', () => serverTables('mysql', [`create table ticket (${columnsOf('datetime(6)')})`])],
  [
    'SQLite',
    'timestamp',
    (folder) => Promise.resolve(sqliteTables(folder, [`create table ticket (${columnsOf('timestamp')})`])),
  ],
];

describe.each(makers)('rows that others write, on %s', (_name, _time, make) => {
  let server: DataTestServer;
  let tables: ForeignTable | undefined;
  let dataSource = '';
  const apps: string[] = [];

  beforeAll(async () => {
    server = await startDataTestServer();
    tables = await make(server.folder);
    if (tables === undefined) return;
    const params = { workspaceId: server.workspaceId };
    ({
      dataSource: { id: dataSource },
    } = await server.client.call(routes.dataSources.create, { params, body: tables.input }));
  }, 30_000);
  afterEach(async () => {
    for (const appId of apps.splice(0)) await server.client.call(routes.apps.unpublish, { params: { appId } });
    await tables?.run('delete from ticket');
  });
  afterAll(async () => {
    await server.close();
    await tables?.drop();
  });

  const insert = async (id: number, more: { readonly state?: string; readonly at?: string } = {}): Promise<void> => {
    const { state = 'new', at = '2030-01-31 09:00:00.000000' } = more;
    await tables?.run(
      `insert into ticket (id, title, state, secret, changed_at) values (${id}, 'T${id}', '${state}', 's', '${at}')`,
    );
  };
  const publish = async (settings: Readonly<Record<string, unknown>>): Promise<string> => {
    const app = emptyApp('Polled');
    const flow = {
      id: 'flw_poll',
      name: 'poll',
      trigger: {
        type: 'core/rows-polled',
        settings: { data: { dataSource, table: 'ticket' }, column: 'id', every: 1, ...settings },
      },
      steps: [],
    };
    const made = await server.client.call(routes.apps.create, {
      params: { workspaceId: server.workspaceId },
      body: {
        name: 'Polled',
        from: { kind: 'definition', files: saveApp({ ...app, flows: { flw_poll: flow } } as unknown as App) },
      },
    });
    const appId = made.app.id;
    await server.client.call(routes.apps.publish, { params: { appId }, body: { revision: 0 } });
    apps.push(appId);
    return appId;
  };
  const sourceOf = async (appId: string): Promise<FlowSourceInfo | undefined> =>
    (await server.client.call(routes.flows.sources, { params: { appId } })).sources[0];
  const stateOf = async (appId: string, state: FlowSourceInfo['state']): Promise<FlowSourceInfo> => {
    for (const end = Date.now() + 10_000; Date.now() < end; await pause(25)) {
      const source = await sourceOf(appId);
      if (source?.state === state) return source;
    }
    return expect.fail(`It is not ${state}, but ${JSON.stringify(await sourceOf(appId))}`);
  };
  const triggersOf = async (appId: string, count: number): Promise<readonly Trigger[]> => {
    const { client } = server;
    const list = async () => (await client.call(routes.flows.runs, { params: { appId }, query: { limit: 200 } })).runs;
    for (const end = Date.now() + 10_000; Date.now() < end && (await list()).length < count;) await pause(25);
    const details: FlowRunDetails[] = [];
    for (const { id } of await list())
      details.push((await client.call(routes.flows.run, { params: { appId, run: id }, query: {} })).run);
    return details
      .map(({ trigger }) => trigger as unknown as Trigger)
      .toSorted((a, b) => Number(a.key['id']) - Number(b.key['id']) || (String(a.value) < String(b.value) ? -1 : 1));
  };
  const idsOf = (triggers: readonly Trigger[]) => triggers.map(({ key }) => Number(key['id']));

  it('start a flow from the moment on at which it is published, once each', async (test) => {
    if (tables === undefined) return test.skip();
    await insert(1);
    await insert(2);
    const appId = await publish({});
    const source = await stateOf(appId, 'connected');
    expect(source.position).toBe('id 2');
    await insert(3);
    await insert(4);
    const triggers = await triggersOf(appId, 2);
    expect(idsOf(triggers)).toEqual([3, 4]);
    expect(triggers[0]).toMatchObject({
      table: 'ticket',
      key: { id: 3 },
      row: { id: 3, title: 'T3', state: 'new', secret: 's' },
      value: 3,
    });
    // Committed late, with a lower id than others: found all the same. One that is older than all is not new.
    await tables.run('delete from ticket where id = 3');
    await insert(6);
    await triggersOf(appId, 3);
    await insert(5);
    await insert(0);
    expect(idsOf(await triggersOf(appId, 4))).toEqual([3, 4, 5, 6]);
    await pause(1_200);
    expect(idsOf(await triggersOf(appId, 4))).toEqual([3, 4, 5, 6]);
    expect(await sourceOf(appId)).toMatchObject({ state: 'connected', position: 'id 6', events: 4 });
  });

  it('start a flow for all that is there when it is to, page by page, and through its filter', async (test) => {
    if (tables === undefined) return test.skip();
    for (let id = 1; id <= 25; id += 1) await insert(id, { state: id % 2 === 0 ? 'new' : 'done' });
    const filter = { column: 'state', operator: 'equal', value: 'new' };
    const appId = await publish({ begin: 'all', batch: 5, filter, columns: ['title'] });
    const triggers = await triggersOf(appId, 12);
    expect(idsOf(triggers)).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]);
    // It gets the columns that it names, and the key.
    expect(triggers[0]?.row).toEqual({ id: 2, title: 'T2' });
  });

  it('are shown on trial, the newest that is looked for, with the columns that the flow gets; none says so', async (test) => {
    if (tables === undefined) return test.skip();
    const filter = { column: 'state', operator: 'equal', value: 'new' };
    const appId = await publish({ filter, columns: ['title'] });
    await stateOf(appId, 'connected');
    const look = () => server.client.call(routes.flows.tryTrigger, { params: { appId, flow: 'flw_poll' } });
    expect(await look()).toEqual({});
    for (const [id, state] of [
      [1, 'new'],
      [2, 'new'],
      [3, 'done'],
    ] as const)
      await insert(id, { state });
    expect(await look()).toMatchObject({ trigger: { key: { id: 2 }, row: { id: 2, title: 'T2' }, value: 2 } });
    expect(((await look()).trigger as unknown as Trigger).row).toEqual({ id: 2, title: 'T2' });
    // Looking starts nothing, and what is new still does.
    expect(idsOf(await triggersOf(appId, 2))).toEqual([1, 2]);
  });

  it('start a flow when they change, by a time of which several rows have the same', async (test) => {
    if (tables === undefined) return test.skip();
    const at = '2030-01-31 09:00:00.123456';
    await insert(1, { at });
    await insert(2, { at });
    const appId = await publish({ column: 'changed_at', lookBack: 0 });
    await stateOf(appId, 'connected');
    // The same time, a lower key, after the beginning.
    await insert(0, { at });
    expect(idsOf(await triggersOf(appId, 1))).toEqual([0]);
    await tables.run(`update ticket set state = 'x', changed_at = '2030-01-31 09:00:00.123457' where id = 1`);
    await insert(3, { at: '2030-01-31 09:00:00.123457' });
    const triggers = await triggersOf(appId, 3);
    expect(idsOf(triggers)).toEqual([0, 1, 3]);
    expect(triggers[1]?.row).toMatchObject({ state: 'x' });
    await insert(4, { at: '2030-01-31 09:00:00.123457' });
    expect(idsOf(await triggersOf(appId, 4))).toEqual([0, 1, 3, 4]);
  });

  it('go on where they were when the database was away', async (test) => {
    if (tables === undefined) return test.skip();
    await insert(1);
    const appId = await publish({});
    await stateOf(appId, 'connected');
    await tables.run('alter table ticket rename to hidden');
    const failed = await stateOf(appId, 'failed');
    expect(failed.error?.message).toBeTruthy();
    expect(failed.retryAt).toBeGreaterThan(failed.since);
    await tables.run(`insert into hidden (id, title) values (2, 'T2')`);
    await tables.run('alter table hidden rename to ticket');
    expect(idsOf(await triggersOf(appId, 1))).toEqual([2]);
    expect((await stateOf(appId, 'connected')).error).toBeUndefined();
  });

  it('say when the column cannot tell what is new', async (test) => {
    if (tables === undefined) return test.skip();
    const appId = await publish({ column: 'title' });
    expect((await stateOf(appId, 'failed')).error).toMatchObject({ code: 'rows-polled.column' });
    await expect(publish({ column: '' })).rejects.toThrow(/Column that grows/);
  });
});
