import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, routes } from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { startInstallation, type Installation } from '../../harness/installation.ts';
import { createMetadataDatabase, type MetadataDatabase } from '../../harness/metadata-database.ts';

const template = 'service-desk';
const stores = (await findPostgres()) === undefined ? (['SQLite'] as const) : (['SQLite', 'PostgreSQL'] as const);

describe.each(stores)('the server is killed while a template is installed, on %s', (store) => {
  let database: MetadataDatabase | undefined;
  let installation: Installation;
  let durationMs = 0;
  let perApp = 0;

  beforeAll(async () => {
    database = store === 'PostgreSQL' ? await createMetadataDatabase(databaseName('installs')) : undefined;
    installation = await startInstallation(database === undefined ? {} : { databaseUrl: database.url });
    await install('Warm');
    const startedAt = performance.now();
    await install('Measured');
    durationMs = performance.now() - startedAt;
    for (const app of await apps()) await deleteApp(app);
    const [source] = await sources();
    perApp = (await tablesOf(source?.id ?? '', 'development')).length / 2;
    await installation.owner.client.call(routes.dataSources.delete, {
      params: { workspaceId: installation.workspaceId, dataSource: source?.id ?? '' },
      query: { force: true },
    });
  });
  afterAll(async () => {
    await installation.server.dispose();
    await database?.drop();
  });

  const inWorkspace = () => ({ workspaceId: installation.workspaceId });
  const install = (name: string) =>
    installation.owner.client.call(routes.templates.install, {
      params: { ...inWorkspace(), template },
      body: { name, sampleRows: 'everywhere' },
    });
  const apps = async () => (await installation.owner.client.call(routes.apps.list, { params: inWorkspace() })).apps;
  const deleteApp = (app: { readonly id: string; readonly name: string }) =>
    installation.owner.client.call(routes.apps.delete, { params: { appId: app.id }, query: { confirm: app.name } });
  const sources = async () =>
    (await installation.owner.client.call(routes.dataSources.list, { params: inWorkspace() })).dataSources;
  const underWay = async () =>
    (await installation.owner.client.call(routes.templates.installs, { params: inWorkspace() })).installs;
  /** As they are in the database. */
  async function tablesOf(dataSource: string, environment: 'development' | 'production') {
    const params = { ...inWorkspace(), dataSource };
    const { schema } = await installation.owner.client.call(routes.dataSources.refreshSchema, {
      params,
      query: { environment },
    });
    return schema.tables.map(({ id }) => id);
  }

  it.each([
    { of: 'in a workspace without tables', own: 0 },
    { of: 'beside tables of others', own: 1 },
  ])('leaves the whole app or nothing, $of', async ({ own }) => {
    if (own > 0) {
      const id = (await sources())[0]?.id ?? (await makeSource());
      await installation.owner.client.call(routes.dataSources.createTable, {
        params: { ...inWorkspace(), dataSource: id },
        body: { name: 'kept', fields: [{ name: 'note', type: 'text' }] },
      });
    }
    const outcomes: string[] = [];
    const kills = store === 'SQLite' ? 10 : 5;
    for (let kill = 0; kill < kills; kill += 1) {
      const before = (await apps()).length;
      const dying = install(`Desk ${own} ${kill}`).then(
        () => true,
        () => false,
      );
      await new Promise((resolve) => setTimeout(resolve, (durationMs * (kill + 0.5)) / kills));
      await installation.server.kill();
      const hasAnswered = await dying;
      await installation.server.start();
      // On PostgreSQL another server might be at work: only after a while without a sign of life is it taken for dead.
      await expect.poll(async () => (await underWay()).length, { timeout: 30_000, interval: 200 }).toBe(0);
      const there = await apps();
      expect(there.every(({ live }) => live !== null)).toBe(true);
      if (hasAnswered) expect(there.length).toBe(before + 1);
      outcomes.push(there.length > before ? 'whole' : 'nothing');
      const found = await sources();
      const wanted = there.length * perApp + own;
      for (const environment of ['development', 'production'] as const) {
        const tables = await Promise.all(found.map(({ id }) => tablesOf(id, environment)));
        expect([environment, tables.flat().length]).toEqual([environment, wanted]);
      }
      expect(found.length).toBe(wanted === 0 ? 0 : 1);
    }
    expect(outcomes).toContain('nothing');
    // And what is installed now is whole.
    const { app } = await install(`Last ${own}`);
    expect(app.live).not.toBeNull();
  });

  async function makeSource(): Promise<string> {
    const { dataSource } = await installation.owner.client.call(routes.dataSources.create, {
      params: inWorkspace(),
      body: { name: 'Tables', kind: 'internal' },
    });
    return dataSource.id;
  }
});
