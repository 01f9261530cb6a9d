import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { routes, type FlowSourceInfo } from '@fettle/contract';
import { emptyApp, saveApp, type App } from '@fettle/definition';
import { findPostgres } from '@fettle/testing';
import { startDataTestServer, type DataTestServer } from '../../../testing/data-test-server.ts';
import { serverTables, sqliteTables, type ForeignTable } from '../../../testing/foreign-tables.ts';

const postgres = await findPostgres();

describe.skipIf(postgres === undefined)('notices of a database', () => {
  let server: DataTestServer;
  let tables: ForeignTable;
  let dataSource = '';
  let sqlite = '';

  beforeAll(async () => {
    server = await startDataTestServer();
    const made = await serverTables('postgres', ['create table ticket (id integer primary key)']);
    if (made === undefined) throw new TypeError('PostgreSQL is gone.');
    tables = made;
    const params = { workspaceId: server.workspaceId };
    const create = async (input: ForeignTable['input']) =>
      (await server.client.call(routes.dataSources.create, { params, body: input })).dataSource.id;
    dataSource = await create(tables.input);
    sqlite = await create(sqliteTables(server.folder, ['create table a (id integer)']).input);
  });
  afterAll(async () => {
    await server.close();
    await tables.drop();
  });

  const publish = async (settings: Readonly<Record<string, unknown>>): Promise<string> => {
    const app = emptyApp('Notices');
    const trigger = { type: 'core/database-notice', settings };
    const flows = { flw_hear: { id: 'flw_hear', name: 'hear', trigger, steps: [] } };
    const made = await server.client.call(routes.apps.create, {
      params: { workspaceId: server.workspaceId },
      body: { name: 'Notices', from: { kind: 'definition', files: saveApp({ ...app, flows } as unknown as App) } },
    });
    await server.client.call(routes.apps.publish, { params: { appId: made.app.id }, body: { revision: 0 } });
    return made.app.id;
  };
  const stateOf = async (appId: string, state: FlowSourceInfo['state']): Promise<FlowSourceInfo> => {
    let last: FlowSourceInfo | undefined;
    for (const end = Date.now() + 15_000; Date.now() < end; await pause(20)) {
      last = (await server.client.call(routes.flows.sources, { params: { appId } })).sources[0];
      if (last?.state === state) return last;
    }
    return expect.fail(`It is not ${state}, but ${JSON.stringify(last)}`);
  };
  const heard = async (appId: string, count: number): Promise<readonly unknown[]> => {
    const list = async () =>
      (await server.client.call(routes.flows.runs, { params: { appId }, query: { limit: 200 } })).runs;
    for (const end = Date.now() + 10_000; Date.now() < end && (await list()).length < count;) await pause(20);
    const details = await Promise.all(
      (await list()).map(({ id }) => server.client.call(routes.flows.run, { params: { appId, run: id }, query: {} })),
    );
    return details.map(({ run }) => (run.trigger as { data: unknown }).data);
  };
  const listeners = async (): Promise<readonly number[]> => {
    const client = new Client({ ...postgres, database: 'postgres' });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      `select pid from pg_stat_activity where query ilike 'listen %' and datname like 'fettle_rows_%'`,
    );
    await client.end();
    return rows.map(({ pid }) => pid);
  };

  it('start a flow for each, as JSON where they are JSON, and are heard again after the connection was cut', async () => {
    const channel = `Or"ders`;
    const appId = await publish({ dataSource, channel });
    await stateOf(appId, 'connected');
    await tables.run(`notify "Or""ders", '{"id":1}'`);
    await tables.run(`notify "Or""ders", 'plain'`);
    await tables.run(`notify other, '{"id":2}'`);
    expect(await heard(appId, 2)).toEqual(expect.arrayContaining([{ id: 1 }, 'plain']));
    // Many at once, in one transaction.
    await tables.run(`select pg_notify('Or"ders', n::text) from generate_series(1, 60) n`);
    expect(await heard(appId, 62)).toHaveLength(62);
    const [pid] = await listeners();
    await tables.run(`select pg_terminate_backend(${pid})`);
    expect((await stateOf(appId, 'failed')).error?.code).toMatch(/^data\./);
    const again = await stateOf(appId, 'connected');
    expect(again.error).toBeUndefined();
    await tables.run(`notify "Or""ders", 'after'`);
    expect(await heard(appId, 63)).toContain('after');
    // Nobody listens any more when the app is not published.
    expect(await listeners()).toHaveLength(1);
    await server.client.call(routes.apps.unpublish, { params: { appId } });
    for (const end = Date.now() + 5_000; Date.now() < end && (await listeners()).length > 0;) await pause(50);
    expect(await listeners()).toEqual([]);
  }, 60_000);

  it('are listened for on trial', async () => {
    const appId = await publish({ dataSource, channel: 'looked' });
    await stateOf(appId, 'connected');
    const looking = server.client.call(routes.flows.tryTrigger, { params: { appId, flow: 'flw_hear' } });
    // Whoever listens at work listens already; the second one is the one that looks.
    for (const end = Date.now() + 5_000; Date.now() < end && (await listeners()).length < 2;) await pause(20);
    await tables.run(`notify looked, '{"id":7}'`);
    expect(await looking).toMatchObject({ trigger: { channel: 'looked', data: { id: 7 } } });
    expect(await heard(appId, 1)).toEqual([{ id: 7 }]);
    await server.client.call(routes.apps.unpublish, { params: { appId } });
  });

  it('are not to be had from a database that sends none', async () => {
    const appId = await publish({ dataSource: sqlite, channel: 'orders' });
    expect((await stateOf(appId, 'failed')).error).toMatchObject({ code: 'data.no-notices' });
    await server.client.call(routes.apps.unpublish, { params: { appId } });
  });
});
