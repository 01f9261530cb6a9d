import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseSync } from 'node:sqlite';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { routes } from '@fettle/contract';
import { emptyApp, saveApp, type Flow } from '@fettle/definition';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';
import { sqliteTables, type ForeignTable } from '../../testing/foreign-tables.ts';

/** A flow that copies a data source. */
const copying = (id: string, dataSource: string): Flow =>
  ({
    id: `flw_${id}`,
    name: id,
    trigger: { type: 'core/manual', settings: {} },
    steps: [
      {
        id: 'stp_copy',
        name: 'copy',
        kind: 'action',
        type: 'core/backup-database',
        settings: { dataSource, name: 'shop' },
      },
      { id: 'stp_give', name: 'give', kind: 'return', value: '{{ steps.copy.output }}' },
    ],
  }) as unknown as Flow;

describe.each([
  { name: 'that allows it', settings: { FETTLE_OPERATOR_ACTIONS: 'backup' } },
  { name: 'that does not', settings: {} },
])('copies of databases on an installation $name', ({ settings }) => {
  const isAllowed = 'FETTLE_OPERATOR_ACTIONS' in settings;
  let server: DataTestServer;
  let tables: ForeignTable;
  let appId = '';

  beforeAll(async () => {
    server = await startDataTestServer(settings as Readonly<Record<string, string>>);
    const { workspaceId } = server;
    const rows = Array.from({ length: 500 }, (_, n) => `(${n}, 'Item ${n}')`).join(', ');
    tables = sqliteTables(server.folder, [
      'create table item (id integer primary key, name text)',
      `insert into item values ${rows}`,
    ]);
    const create = (body: object) =>
      server.client.call(routes.dataSources.create, { params: { workspaceId }, body: body as never });
    const { dataSource } = await create(tables.input);
    const { dataSource: internal } = await create({ name: 'Tables', kind: 'internal' });
    const flows = [copying('file', dataSource.id), copying('internal', internal.id), copying('unset', '')];
    const app = { ...emptyApp('Backup'), flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])) };
    const made = await server.client.call(routes.apps.create, {
      params: { workspaceId },
      body: { name: 'Backup', from: { kind: 'definition', files: saveApp(app) } },
    });
    appId = made.app.id;
  });
  afterAll(async () => {
    await server.close();
    await tables.drop();
  });

  const play = async (flow: string, isDryRun = false) =>
    (
      await server.client.call(routes.flows.startDraft, {
        params: { appId, flow: `flw_${flow}` },
        body: { trigger: {}, isDryRun, waitMs: 20_000 },
      })
    ).run;

  it.runIf(!isAllowed)('are refused, with who can allow it', async () => {
    expect(await play('file')).toMatchObject({
      state: 'failed',
      error: {
        code: 'flow.capability-off',
        hint: expect.stringContaining('FETTLE_OPERATOR_ACTIONS=backup') as unknown,
      },
    });
  });

  it.runIf(isAllowed)('are files of the workspace that hold everything', async () => {
    const run = await play('file');
    expect(run.error).toBeUndefined();
    const { file, name, bytes } = run.output as { file: string; name: string; bytes: number };
    expect(name).toMatch(/^shop-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.sqlite$/);
    const reply = await fetch(`${server.baseUrl}/api/apps/${appId}/draft/files/${file}`, {
      headers: { cookie: server.cookie },
    });
    expect([reply.status, reply.headers.get('content-length')]).toEqual([200, String(bytes)]);
    const path = join(server.folder, 'copy.sqlite');
    await writeFile(path, Buffer.from(await reply.arrayBuffer()));
    const copy = new DatabaseSync(path, { readOnly: true });
    expect(copy.prepare('select count(*) as count, max(id) as last from item').get()).toEqual({
      count: 500,
      last: 499,
    });
    copy.close();
  });

  it.runIf(isAllowed)('are not made of internal tables, of nothing, or in a dry run', async () => {
    expect(await play('internal')).toMatchObject({ state: 'failed', error: { code: 'backup.unsupported' } });
    expect(await play('unset')).toMatchObject({ state: 'failed', error: { code: 'action.incomplete' } });
    expect(await play('file', true)).toMatchObject({ state: 'succeeded', output: { file: 'file_backup' } });
  });
});
