import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@fettle/base';
import { routes, type ApiClient } from '@fettle/contract';
import { findPostgres } from '@fettle/testing';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';
import { createPostgresDatabase } from '../../testing/test-server.ts';

describe.skipIf((await findPostgres()) === undefined)('internal tables that two servers change at once', () => {
  let database: Awaited<ReturnType<typeof createPostgresDatabase>>;
  const servers: DataTestServer[] = [];
  let place: { readonly workspaceId: string; readonly dataSource: string };
  beforeAll(async () => {
    database = await createPostgresDatabase();
    const settings = { DATABASE_URL: database.url, FETTLE_SECRET: 'k9Zq3v8Lw2Xr7Tn5Yb4Hm6Jc1Pd0Sf9Gu' };
    servers.push(await startDataTestServer(settings));
    servers.push(await startDataTestServer(settings));
    const { client, workspaceId } = servers[0] as DataTestServer;
    const body = { name: 'Tables', kind: 'internal' } as const;
    const { dataSource } = await client.call(routes.dataSources.create, { params: { workspaceId }, body });
    place = { workspaceId, dataSource: dataSource.id };
  }, 60_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()));
    await database.drop();
  });

  const make = async (client: ApiClient, name: string): Promise<string> => {
    const body = { name, fields: [{ name: 'title', type: 'text' as const }] };
    try {
      await client.call(routes.dataSources.createTable, { params: place, body });
      return 'made';
    } catch (error) {
      return error instanceof AppError ? error.message : String(error);
    }
  };
  const tables = async (client: ApiClient, environment: 'development' | 'production'): Promise<readonly string[]> => {
    const { schema } = await client.call(routes.dataSources.schema, { params: place, query: { environment } });
    return schema.tables.map(({ id }) => id).toSorted();
  };

  it('are made once, and whoever comes second is told that the name is taken', async () => {
    const [here, there] = servers.map(({ client }) => client) as [ApiClient, ApiClient];
    const names = Array.from({ length: 8 }, (_, index) => `table_${index}`);
    for (const name of names) {
      const outcomes = await Promise.all([make(here, name), make(there, name)]);
      expect(outcomes.toSorted()).toEqual([
        `There is already a table "${name}". Upper and lower case count as the same.`,
        'made',
      ]);
    }
    // Different ones do not disturb each other.
    const others = Array.from({ length: 6 }, (_, index) => `other_${index}`);
    const made = await Promise.all(others.map((name, index) => make(index % 2 === 0 ? here : there, name)));
    expect(made).toEqual(others.map(() => 'made'));
    for (const client of [here, there])
      for (const environment of ['development', 'production'] as const)
        await expect.poll(() => tables(client, environment)).toEqual([...names, ...others].toSorted());
  });
});
