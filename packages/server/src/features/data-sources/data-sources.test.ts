import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomText } from '@fettle/base';
import { routes } from '@fettle/contract';
import { findPostgres } from '@fettle/testing';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';

const postgres = await findPostgres();
const canary = 'canary-9f2c-secret-value';
const database = `fettle_sources_${randomText(8)}`;

describe.skipIf(postgres === undefined).each(['sqlite', 'postgres'] as const)(
  'data sources with the metadata on %s',
  (store) => {
    let server: DataTestServer;
    let admin: Knex;
    let id = '';
    const place = () => ({ workspaceId: server.workspaceId });
    const settings = {
      host: postgres?.host ?? '',
      port: postgres?.port ?? 0,
      database: `${database}_${store}`,
      user: postgres?.user ?? '',
      encryption: 'off',
    };
    const metadata = `${database}_${store}_metadata`;

    beforeAll(async () => {
      const connection = {
        host: postgres?.host ?? '',
        port: postgres?.port ?? 0,
        user: postgres?.user ?? '',
        password: postgres?.password ?? '',
        database: 'postgres',
      };
      admin = knex({ client: 'pg', connection, pool: { min: 0, max: 2 } });
      await admin.raw(`create database ${settings.database}`);
      if (store === 'postgres') await admin.raw(`create database ${metadata}`);
      const shop = knex({ client: 'pg', connection: { ...connection, database: settings.database } });
      await shop.raw('create table item (id serial primary key, name text not null, price numeric(10,2))');
      await shop.raw("insert into item (name, price) select 'item ' || n, n from generate_series(1, 200) n");
      await shop.destroy();
      const url = `postgres://${connection.user}:${connection.password}@${connection.host}:${connection.port}/${metadata}`;
      server = await startDataTestServer(store === 'postgres' ? { DATABASE_URL: url } : {});
      const { dataSource } = await server.client.call(routes.dataSources.create, {
        params: place(),
        body: {
          name: 'Shop',
          kind: 'external',
          connector: 'core/postgres',
          development: { settings, secrets: { password: canary } },
        },
      });
      id = dataSource.id;
      expect(dataSource.environments.development).toMatchObject({ secretsSet: ['password'], isInherited: false });
      expect(dataSource.environments.production).toMatchObject({ isInherited: true, secretsSet: [] });
    }, 60_000);

    afterAll(async () => {
      await server?.close();
      await admin.raw(`drop database if exists ${settings.database} with (force)`);
      await admin.raw(`drop database if exists ${metadata} with (force)`);
      await admin.destroy();
    });

    const rows = () => ({ ...place(), dataSource: id, table: 'item' });

    it('opens at most its connections for a hundred calls at once', async () => {
      const pages = await Promise.all(
        Array.from({ length: 100 }, () =>
          server.client.call(routes.dataSources.rows.list, { params: rows(), body: { limit: 5 } }),
        ),
      );
      expect(pages.every((page) => page.rows.length === 5)).toBe(true);
      const { rows: found } = (await admin.raw('select count(*)::int as n from pg_stat_activity where datname = ?', [
        settings.database,
      ])) as { rows: { n: number }[] };
      expect(found[0]?.n).toBeLessThanOrEqual(16);
    });

    it('keeps other data sources quick while one is slow, and fails fast when its queue is full', async () => {
      const { dataSource: demo } = await server.client.call(routes.dataSources.create, {
        params: place(),
        body: { name: 'Demo', kind: 'demo' },
      });
      const slow = Array.from({ length: 240 }, () =>
        server.client
          .call(routes.dataSources.tryQuery, {
            params: { ...place(), dataSource: id },
            body: { kind: 'sql', settings: { sql: 'select pg_sleep(2)' }, mode: 'read', timeoutMs: 3000 },
          })
          .then(
            () => 'done',
            (error: { code: string }) => error.code,
          ),
      );
      const refused = await Promise.race([...slow, new Promise((resolve) => setTimeout(() => resolve('late'), 1500))]);
      const startedAt = performance.now();
      await server.client.call(routes.dataSources.rows.list, {
        params: { ...place(), dataSource: demo.id, table: 'departments' },
        body: { limit: 5 },
      });
      expect(performance.now() - startedAt).toBeLessThan(1500);
      expect(refused).toBe('data.busy');
      expect(await Promise.all(slow)).toContain('done');
    }, 60_000);

    it('uses stored secrets for a test only while the destination is the same, and clears them when it changes', async () => {
      const test = { connector: 'core/postgres', dataSource: id, environment: 'development' as const };
      expect(
        (await server.client.call(routes.dataSources.test, { params: place(), body: { ...test, settings } }))
          .durationMs,
      ).toBeGreaterThanOrEqual(0);
      const change = async (next: object) =>
        (
          await server.client.call(routes.dataSources.update, {
            params: { ...place(), dataSource: id },
            body: { environment: 'development', settings: { ...settings, ...next } },
          })
        ).dataSource.environments.development.secretsSet;
      expect(await change({ user: 'somebody' })).toEqual(['password']);
      expect(await change({ host: 'localhost' })).toEqual([]);
      await server.client.call(routes.dataSources.update, {
        params: { ...place(), dataSource: id },
        body: { environment: 'development', settings, secrets: { password: canary } },
      });
      expect(
        (await server.client.call(routes.dataSources.rows.list, { params: rows(), body: { limit: 1 } })).rows,
      ).toHaveLength(1);
    });

    it('gives production settings of its own', async () => {
      const update = (body: object) =>
        server.client.call(routes.dataSources.update, { params: { ...place(), dataSource: id }, body });
      const own = await update({
        environment: 'production',
        isInherited: false,
        settings: { ...settings, user: 'producer' },
        secrets: { password: `${canary}-p` },
      });
      expect(own.dataSource.environments.production).toMatchObject({
        isInherited: false,
        secretsSet: ['password'],
        settings: { user: 'producer' },
      });
      const back = await update({ environment: 'production', isInherited: true });
      expect(back.dataSource.environments.production).toMatchObject({
        isInherited: true,
        secretsSet: [],
        settings: {},
      });
    });

    it('refuses settings that do not fit, addresses that are special, and its own database', async () => {
      const create = (given: Record<string, unknown>) =>
        server.client.call(routes.dataSources.create, {
          params: place(),
          body: { name: 'Bad', kind: 'external', connector: 'core/postgres', development: { settings: given } },
        });
      await expect(create({ ...settings, port: 'x' })).rejects.toMatchObject({
        code: 'data-source.settings-invalid',
        problems: [{ path: '/settings/port' }],
      });
      await expect(create({ ...settings, password: canary })).rejects.toMatchObject({
        code: 'data-source.settings-invalid',
      });
      const attempt = (given: Record<string, unknown>) =>
        server.client.call(routes.dataSources.test, {
          params: place(),
          body: { connector: 'core/postgres', settings: given },
        });
      await expect(attempt({ ...settings, host: '169.254.169.254' })).rejects.toMatchObject({
        message: 'This address is not allowed.',
      });
      if (store === 'postgres')
        await expect(attempt({ ...settings, database: metadata })).rejects.toMatchObject({
          code: 'outbound.own-database',
        });
      await expect(
        server.client.call(routes.dataSources.test, {
          params: place(),
          body: { connector: 'core/sqlite', settings: { file: `${server.folder}/fettle.db` } },
        }),
      ).rejects.toMatchObject({ code: 'outbound.file-not-allowed' });
    });

    it('says nothing of a secret anywhere: answers, log, audit, store', async () => {
      await expect(
        server.client.call(routes.dataSources.test, {
          params: place(),
          body: { connector: 'core/postgres', settings: { ...settings, port: 1 }, secrets: { password: canary } },
        }),
      ).rejects.toMatchObject({ kind: expect.stringMatching(/upstream|unavailable|timeout/) });
      await server.client.call(routes.dataSources.list, { params: place() });
      await server.client.call(routes.workspaces.audit, { params: place(), query: {} });
      expect(server.answers()).not.toContain(canary);
      expect(server.log()).not.toContain(canary);
    });

    it('does not exist for another workspace', async () => {
      const { workspace } = await server.client.call(routes.workspaces.create, { body: { name: 'Other' } });
      const elsewhere = { workspaceId: workspace.id, dataSource: id };
      await expect(server.client.call(routes.dataSources.read, { params: elsewhere })).rejects.toMatchObject({
        kind: 'not-found',
      });
      await expect(
        server.client.call(routes.dataSources.rows.list, { params: { ...elsewhere, table: 'item' }, body: {} }),
      ).rejects.toMatchObject({ kind: 'not-found' });
      await expect(
        server.client.call(routes.dataSources.schema, { params: elsewhere, query: {} }),
      ).rejects.toMatchObject({ kind: 'not-found' });
      await expect(
        server.client.call(routes.dataSources.delete, { params: elsewhere, query: { force: true } }),
      ).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('is renamed and deleted', async () => {
      const renamed = await server.client.call(routes.dataSources.update, {
        params: { ...place(), dataSource: id },
        body: { name: 'Store' },
      });
      expect(renamed.dataSource.name).toBe('Store');
      await server.client.call(routes.dataSources.delete, { params: { ...place(), dataSource: id }, query: {} });
      await expect(
        server.client.call(routes.dataSources.rows.list, { params: rows(), body: {} }),
      ).rejects.toMatchObject({ kind: 'not-found' });
    });
  },
);
