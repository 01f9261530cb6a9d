import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type ApiClient } from '@fettle/contract';
import { saveApp, type App } from '@fettle/definition';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';

let server: DataTestServer;
let basic: ApiClient;
let dataSource = '';
let app = '';

/** A screen with one table of tickets: the subject, the priority and the requester's name. Nothing else. */
function definition(source: string): App {
  const columns = ['subject', 'priority', 'requester.full_name'].map((column, index) => ({ id: `c${index}`, column }));
  return {
    app: { name: 'Desk', home: 'scr_1', navigation: { style: 'side', items: [] } },
    screens: {
      scr_1: {
        id: 'scr_1',
        name: 'tickets',
        title: 'Tickets',
        route: '/tickets',
        root: 'cmp_1',
        components: {
          cmp_1: { type: 'core/stack', name: 'root', settings: {}, slots: { children: ['cmp_2'] } },
          cmp_2: {
            type: 'core/table',
            name: 'rows',
            settings: { data: { kind: 'table', dataSource: source, table: 'tickets' }, columns, allowEdit: true },
          },
        },
      },
    },
    queries: {},
    flows: {},
    flowTests: {},
    theme: {},
    access: { roles: [], defaultScreen: { roles: ['basic'] }, memberRole: 'basic', allowVisitors: false },
  };
}

describe('a role that may see some columns', () => {
  beforeAll(async () => {
    server = await startDataTestServer();
    const place = { workspaceId: server.workspaceId };
    dataSource = (
      await server.client.call(routes.dataSources.create, { params: place, body: { name: 'Demo', kind: 'demo' } })
    ).dataSource.id;
    const files = saveApp(definition(dataSource));
    const made = await server.client.call(routes.apps.create, {
      params: place,
      body: { name: 'Desk', from: { kind: 'definition', files: { ...files } } },
    });
    app = made.app.slug;
    await server.client.call(routes.apps.publish, {
      params: { appId: made.app.id },
      body: { revision: made.app.revision },
    });
    await server.client.call(routes.workspaces.addMember, {
      params: place,
      body: { email: 'basic@example.com', name: 'Basic', role: 'member', password: 'another long sentence' },
    });
    basic = await server.signIn('basic@example.com', 'another long sentence');
  }, 60_000);
  afterAll(() => server.close());

  const place = (table = 'tickets') => ({ app, dataSource, table });
  const list = (body: object) => basic.call(routes.apps.rows.list, { params: place(), body });
  const refused = { kind: 'not-allowed', code: 'column.not-allowed' };

  it('gets them and the key, and no others', async () => {
    const { rows } = await list({ limit: 2, expand: { requester: {} } });
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['id', 'priority', 'requester', 'subject']);
    expect(Object.keys(rows[0]?.['requester'] ?? {}).sort()).toEqual(['full_name', 'id']);
  });

  it('is refused every other column in every position', async () => {
    const hidden = 'satisfaction';
    const requests: readonly object[] = [
      { columns: [hidden] },
      { columns: ['requester.email'] },
      { columns: ['no_such_column'] },
      { filter: { column: hidden, operator: 'notEmpty' } },
      { filter: { or: [{ not: { column: hidden, operator: 'equal', value: 5 } }] } },
      { filter: { column: 'requester.email', operator: 'startsWith', value: 'a' } },
      {
        filter: {
          relation: 'requester',
          match: 'some',
          filter: { column: 'email', operator: 'startsWith', value: 'a' },
        },
      },
      { filter: { relation: 'assignee', match: 'none' } },
      { sort: [{ column: hidden, direction: 'ascending' }] },
      { sort: [{ column: 'requester.email', direction: 'ascending' }] },
      { search: { text: 'a', columns: ['description'] } },
      { expand: { requester: { columns: ['email'] } } },
      { expand: { assignee: {} } },
      { expand: { requester: { expand: { manager: {} } } } },
    ];
    for (const request of requests) await expect(list(request), JSON.stringify(request)).rejects.toMatchObject(refused);
    const aggregate = (body: {
      groupBy: { column: string }[];
      measures: { name: string; function: 'count' | 'average'; column?: string }[];
    }) => basic.call(routes.apps.rows.aggregate, { params: place(), body });
    await expect(
      aggregate({ groupBy: [{ column: hidden }], measures: [{ name: 'n', function: 'count' }] }),
    ).rejects.toMatchObject(refused);
    await expect(
      aggregate({ groupBy: [], measures: [{ name: 'n', function: 'average', column: hidden }] }),
    ).rejects.toMatchObject(refused);
    const exported = await fetch(
      `${server.baseUrl}/api/run/${app}/tables/${dataSource}/tickets/export?request=${encodeURIComponent(JSON.stringify({ columns: [hidden] }))}`,
    );
    expect(exported.status).toBe(401);
  });

  it('may use its columns in every position', async () => {
    const reply = await list({
      columns: ['subject'],
      filter: {
        and: [
          { column: 'priority', operator: 'equal', value: 'High' },
          { relation: 'requester', match: 'some', filter: { column: 'full_name', operator: 'notEmpty' } },
        ],
      },
      sort: [{ column: 'requester.full_name', direction: 'ascending' }],
      search: { text: 'a' },
      limit: 3,
    });
    expect(reply.rows.length).toBeGreaterThan(0);
    const { rows } = await basic.call(routes.apps.rows.aggregate, {
      params: place(),
      body: { groupBy: [{ column: 'priority' }], measures: [{ name: 'tickets', function: 'count' }] },
    });
    expect(rows).toHaveLength(4);
  });

  it('writes only its columns, and sees only them in the answer and in a conflict', async () => {
    const update = (values: Record<string, string | number>, expected?: Record<string, string>) =>
      basic.call(routes.apps.rows.update, {
        params: place(),
        body: { changes: [{ key: { id: 1 }, values, ...(expected === undefined ? {} : { expected }) }] },
      });
    await expect(update({ satisfaction: 5 })).rejects.toMatchObject(refused);
    await expect(update({ subject: 'x' }, { description: 'guess' })).rejects.toMatchObject(refused);
    const { rows } = await update({ subject: 'Changed' });
    expect(rows).toEqual([{ id: 1, priority: expect.any(String), subject: 'Changed' }]);
    const error = await update({ subject: 'Again' }, { subject: 'stale' }).catch(
      (caught: unknown) => caught as { kind: string; details: { current: object } },
    );
    expect(error).toMatchObject({ kind: 'conflict' });
    expect(Object.keys((error as { details: { current: object } }).details.current).sort()).toEqual([
      'id',
      'priority',
      'subject',
    ]);
  });

  it('gets descriptions without what is hidden, and no other table or verb', async () => {
    const { tables } = await basic.call(routes.apps.open, { params: { app } });
    expect(tables[`${dataSource}/tickets`]?.columns.map(({ name }) => name)).toEqual(['id', 'subject', 'priority']);
    expect(tables[`${dataSource}/tickets`]?.allowed).toEqual({ create: false, update: true, delete: false });
    expect(tables[`${dataSource}/people`]?.columns.map(({ name }) => name)).toEqual(['id', 'full_name']);
    await expect(basic.call(routes.apps.rows.list, { params: place('people'), body: {} })).rejects.toMatchObject({
      kind: 'not-allowed',
    });
    await expect(
      basic.call(routes.apps.rows.delete, { params: place(), body: { keys: [{ id: 1 }] } }),
    ).rejects.toMatchObject({ kind: 'not-allowed' });
    await expect(
      basic.call(routes.dataSources.rows.list, {
        params: { workspaceId: server.workspaceId, dataSource, table: 'tickets' },
        body: {},
      }),
    ).rejects.toMatchObject({ kind: 'not-allowed' });
  });
});
