import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';

let server: DataTestServer;
let dataSource = '';

describe('the demo data source', () => {
  beforeAll(async () => {
    server = await startDataTestServer();
    const reply = await server.client.call(routes.dataSources.create, {
      params: { workspaceId: server.workspaceId },
      body: { name: 'Demo', kind: 'demo' },
    });
    dataSource = reply.dataSource.id;
  }, 30_000);
  afterAll(() => server.close());

  const table = (name: string) => ({ workspaceId: server.workspaceId, dataSource, table: name });

  it('has relations from its foreign keys, and many-to-many through the junction', async () => {
    const { schema } = await server.client.call(routes.dataSources.schema, {
      params: { workspaceId: server.workspaceId, dataSource },
    });
    const tickets = schema.tables.find(({ id }) => id === 'tickets');
    expect(
      tickets?.relations
        .filter(({ kind }) => kind === 'one')
        .map(({ table: target }) => target)
        .sort(),
    ).toEqual(['assets', 'people', 'people']);
    const changes = schema.tables.find(({ id }) => id === 'changes');
    expect(changes?.relations.some(({ through }) => through?.table === 'change_assets')).toBe(true);
    expect(tickets?.columns.find(({ name }) => name === 'created_at')?.type).toBe('timestamp');
    expect(tickets?.columns.find(({ name }) => name === 'priority')?.options).toEqual([
      'Low',
      'Normal',
      'High',
      'Urgent',
    ]);
  });

  it('lists, filters, sorts and expands', async () => {
    const reply = await server.client.call(routes.dataSources.rows.list, {
      params: table('tickets'),
      body: {
        filter: { column: 'priority', operator: 'equal', value: 'Urgent' },
        sort: [{ column: 'created_at', direction: 'descending' }],
        expand: { requester: { columns: ['full_name'] } },
        limit: 5,
        total: 'exact',
      },
    });
    expect(reply.rows).toHaveLength(5);
    expect(reply.total).toBeGreaterThan(20);
    expect(reply.rows[0]?.['requester']).toMatchObject({ full_name: expect.any(String) });
  });

  it('creates, reads, updates with a conflict, and deletes', async () => {
    const { rows } = await server.client.call(routes.dataSources.rows.create, {
      params: table('departments'),
      body: { rows: [{ name: 'Research', cost_centre: 'CC-9000' }] },
    });
    const id = Number(rows[0]?.['id']);
    const { row } = await server.client.call(routes.dataSources.rows.get, {
      params: { ...table('departments'), key: String(id) },
    });
    expect(row).toEqual({ id, name: 'Research', cost_centre: 'CC-9000' });
    const update = (expected: string, name: string) =>
      server.client.call(routes.dataSources.rows.update, {
        params: table('departments'),
        body: { changes: [{ key: { id }, values: { name }, expected: { name: expected } }] },
      });
    expect((await update('Research', 'Laboratory')).rows[0]).toMatchObject({ name: 'Laboratory' });
    await expect(update('Research', 'Other')).rejects.toMatchObject({
      kind: 'conflict',
      details: { current: { name: 'Laboratory' } },
    });
    expect(
      await server.client.call(routes.dataSources.rows.delete, {
        params: table('departments'),
        body: { keys: [{ id }] },
      }),
    ).toEqual({ deleted: 1 });
    await expect(
      server.client.call(routes.dataSources.rows.get, { params: { ...table('departments'), key: String(id) } }),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('refuses a second one, and makes the finished app on the first', async () => {
    const place = { workspaceId: server.workspaceId };
    await expect(
      server.client.call(routes.dataSources.create, { params: place, body: { name: 'Again', kind: 'demo' } }),
    ).rejects.toMatchObject({ kind: 'conflict' });
    const { app } = await server.client.call(routes.apps.create, {
      params: place,
      body: { name: 'IT desk', from: { kind: 'demo' } },
    });
    const { problems } = await server.client.call(routes.apps.problems, { params: { appId: app.id } });
    expect(problems).toEqual([]);
    await server.client.call(routes.apps.publish, { params: { appId: app.id }, body: { revision: app.revision } });
    const { apps } = await server.client.call(routes.dataSources.usage, { params: { ...place, dataSource } });
    expect(apps.map(({ name }) => name)).toEqual(['IT desk']);
    await expect(
      server.client.call(routes.dataSources.delete, { params: { ...place, dataSource }, query: {} }),
    ).rejects.toMatchObject({ kind: 'conflict', code: 'data-source.in-use' });
  });

  it('runs the queries of the released app by id, and takes no others', async () => {
    const { apps } = await server.client.call(routes.apps.list, { params: { workspaceId: server.workspaceId } });
    const slug = apps[0]?.slug ?? '';
    const opened = await server.client.call(routes.apps.open, { params: { app: slug } });
    const overview = Object.values(opened.client.queries).find(({ name }) => name === 'overview');
    expect(overview).not.toHaveProperty('settings');
    const run = (query: string, parameters?: Record<string, string>) =>
      server.client.call(routes.apps.runQuery, {
        params: { app: slug, query },
        body: parameters === undefined ? {} : { parameters },
      });
    const result = await run(overview?.id ?? '');
    expect(result.data).toEqual([
      expect.objectContaining({ open_tickets: expect.any(Number), satisfaction: expect.any(Number) }),
    ]);
    await expect(run(overview?.id ?? '', { extra: '1' })).rejects.toMatchObject({ code: 'query.parameters-invalid' });
    await expect(run('qry_nothere')).rejects.toMatchObject({ kind: 'not-allowed' });
    expect(Object.keys(opened.tables)).toContain(`${dataSource}/tickets`);
  });
});
