import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { createSqliteStore } from '@fettle/testing';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';

let server: DataTestServer;
let dataSource = '';
let tables: readonly string[] = [];

describe('an app generated from a real structure', () => {
  beforeAll(async () => {
    server = await startDataTestServer();
    mkdirSync(join(server.folder, 'sqlite'), { recursive: true });
    createSqliteStore(join(server.folder, 'sqlite', 'store.sqlite'));
    const place = { workspaceId: server.workspaceId };
    const body = {
      name: 'Store',
      kind: 'external' as const,
      connector: 'core/sqlite',
      development: { settings: { file: 'store.sqlite' } },
    };
    dataSource = (await server.client.call(routes.dataSources.create, { params: place, body })).dataSource.id;
    const { schema } = await server.client.call(routes.dataSources.schema, {
      params: { ...place, dataSource },
      query: {},
    });
    tables = schema.tables.map(({ id }) => id);
  }, 60_000);
  afterAll(() => server.close());

  it('has no problems, and every request its tables make is allowed', async () => {
    const place = { workspaceId: server.workspaceId };
    const { app } = await server.client.call(routes.apps.create, {
      params: place,
      body: { name: 'Store', from: { kind: 'tables', dataSource, tables: [...tables] } },
    });
    expect((await server.client.call(routes.apps.problems, { params: { appId: app.id } })).problems).toEqual([]);
    await server.client.call(routes.apps.publish, { params: { appId: app.id }, body: { revision: app.revision } });
    const opened = await server.client.call(routes.apps.open, { params: { app: app.slug } });
    let asked = 0;
    for (const screen of Object.values(opened.client.screens)) {
      for (const component of Object.values(screen.components)) {
        if (component.type !== 'core/table') continue;
        const settings = component.settings as {
          data: { table: string; filter?: object; sort?: object[] };
          columns: { column: string }[];
        };
        const paths = settings.columns.map(({ column }) => column);
        const expand: Record<string, { columns: string[] }> = {};
        for (const [relation = '', column = ''] of paths
          .filter((path) => path.includes('.'))
          .map((path) => path.split('.')))
          (expand[relation] ??= { columns: [] }).columns.push(column);
        const filter =
          settings.data.filter === undefined
            ? {}
            : {
                filter: JSON.parse(
                  JSON.stringify(settings.data.filter).replaceAll('{{ screen.params.id }}', '1'),
                ) as never,
              };
        const reply = await server.client.call(routes.apps.rows.list, {
          params: { app: app.slug, dataSource, table: settings.data.table },
          body: {
            columns: paths.filter((path) => !path.includes('.')),
            expand,
            ...filter,
            sort: (settings.data.sort ?? []) as never,
            limit: 5,
            total: 'exact',
          },
        });
        expect(reply.rows.length, `${screen.name} ${component.name}`).toBeGreaterThanOrEqual(
          filter.filter === undefined ? 1 : 0,
        );
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(tables.length);
  });
});
