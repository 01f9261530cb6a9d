import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { findPostgres } from '@fettle/testing';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';

const fixture = fileURLToPath(new URL('../../../../testing/fixtures/templates/equipment-loans', import.meta.url));
const postgres = await findPostgres();

async function onPostgres(sql: string): Promise<void> {
  const client = new Client({ ...postgres, database: 'postgres' });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe.each(postgres === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const))(
  'installing templates on %s',
  (store) => {
    const database = `fettle_templates_${randomBytes(4).toString('hex')}`;
    let folder = '';
    let server: DataTestServer;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'fettle-templates-'));
      await cp(fixture, join(folder, 'equipment-loans'), { recursive: true });
      if (store === 'postgres') await onPostgres(`create database ${database}`);
      const { user, password, host, port } = postgres ?? {};
      server = await startDataTestServer({
        FETTLE_TEMPLATES_DIR: folder,
        ...(store === 'postgres' ? { DATABASE_URL: `postgres://${user}:${password}@${host}:${port}/${database}` } : {}),
      });
    }, 60_000);
    afterAll(async () => {
      await server?.close();
      await rm(folder, { recursive: true, force: true });
      if (store === 'postgres') await onPostgres(`drop database if exists ${database} with (force)`);
    });

    const inWorkspace = () => ({ workspaceId: server.workspaceId });
    const sources = async () =>
      (await server.client.call(routes.dataSources.list, { params: inWorkspace() })).dataSources;
    const tablesOf = async (dataSource: string, environment: 'development' | 'production') => {
      const params = { ...inWorkspace(), dataSource };
      const { schema } = await server.client.call(routes.dataSources.schema, { params, query: { environment } });
      return schema.tables;
    };
    const apps = async () => (await server.client.call(routes.apps.list, { params: inWorkspace() })).apps;
    const install = (body: { name?: string; sampleRows: 'none' | 'development' | 'everywhere' }) =>
      server.client.call(routes.templates.install, { params: { ...inWorkspace(), template: 'equipment-loans' }, body });

    it('lists and describes what lies in the folder', async () => {
      const { templates } = await server.client.call(routes.templates.list, { params: inWorkspace() });
      expect(templates).toEqual([
        expect.objectContaining({ id: 'equipment-loans', category: 'IT operations', screenshot: 'items-desktop.jpg' }),
      ]);
      const params = { ...inWorkspace(), template: 'equipment-loans' };
      const { template } = await server.client.call(routes.templates.read, { params });
      expect(template.tables.map(({ title, rows }) => [title, rows])).toEqual([
        ['People', 3],
        ['Items', 3],
        ['Loans', 2],
      ]);
      expect(template.roles).toEqual([{ id: 'role_desk', name: 'Desk', description: 'Hands out and takes back.' }]);
      expect(template.flows.map(({ name }) => name)).toEqual(['lendItem']);
    });

    it('takes everything back when a step fails', async () => {
      const path = join(folder, 'equipment-loans/app/flow-tests/lendsForTwoWeeks.json');
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace('"succeeded"', '"failed"'));
      await expect(install({ sampleRows: 'everywhere' })).rejects.toMatchObject({ code: 'release.tests-failed' });
      await writeFile(path, text);
      expect(await apps()).toEqual([]);
      expect(await sources()).toEqual([]);
      const rows = join(folder, 'equipment-loans/rows/people.json');
      const people = await readFile(rows, 'utf8');
      await writeFile(rows, people.replace('priya.nair@', 'mina.okafor@'));
      await expect(install({ sampleRows: 'development' })).rejects.toMatchObject({ kind: 'conflict' });
      await writeFile(rows, people);
      expect(await sources()).toEqual([]);
    });

    it('says how far an install is, to its workspace', async () => {
      const seen = new Set<string>();
      const watchKey = 'a-key-of-the-test';
      let isDone = false;
      const { app, dataSource, tables } = await Promise.all([
        server.client
          .call(routes.templates.install, {
            params: { ...inWorkspace(), template: 'equipment-loans' },
            body: { name: 'Watched', sampleRows: 'everywhere', watchKey },
          })
          .finally(() => {
            isDone = true;
          }),
        (async () => {
          while (!isDone) {
            const { installs } = await server.client.call(routes.templates.installs, { params: inWorkspace() });
            for (const one of installs) {
              expect(one).toMatchObject({ template: 'equipment-loans', name: 'Watched', watchKey });
              seen.add([one.step, one.environment].join(' ').trim());
            }
          }
        })(),
      ]).then(([installed]) => installed);
      const order = ['tables', 'rows development', 'rows production', 'app', 'publish'];
      expect([...seen]).toEqual(order.filter((step) => seen.has(step)));
      expect(seen.size).toBeGreaterThan(1);
      expect((await server.client.call(routes.templates.installs, { params: inWorkspace() })).installs).toEqual([]);
      await server.client.call(routes.apps.delete, { params: { appId: app.id }, query: { confirm: app.name } });
      expect(Object.keys(tables)).toHaveLength(3);
      await server.client.call(routes.dataSources.delete, {
        params: { ...inWorkspace(), dataSource },
        query: { force: true },
      });
    });

    it('makes tables, rows and a published app, and maps names that are taken', async () => {
      const first = await install({ sampleRows: 'development' });
      expect(first.app).toMatchObject({ name: 'Equipment loans', hasChanges: false, live: { number: 1 } });
      expect(first.tables).toEqual({ people: 'people', items: 'items', loans: 'loans' });
      const second = await install({ name: 'Second desk', sampleRows: 'everywhere' });
      expect(second.tables).toEqual({ people: 'people_2', items: 'items_2', loans: 'loans_2' });
      expect(second.dataSource).toBe(first.dataSource);
      for (const environment of ['development', 'production'] as const)
        expect((await tablesOf(first.dataSource, environment)).map(({ id }) => id).toSorted()).toEqual([
          'items',
          'items_2',
          'loans',
          'loans_2',
          'people',
          'people_2',
        ]);
      // Its relations are called as in the template, whatever its tables are called.
      const relationsOf = async (table: string) =>
        (await tablesOf(first.dataSource, 'production'))
          .find(({ id }) => id === table)
          ?.relations.map((relation) => [relation.name, relation.table])
          .toSorted();
      expect(await relationsOf('people')).toEqual([
        ['loans', 'loans'],
        ['manager', 'people'],
        ['peoples_by_manager', 'people'],
      ]);
      expect(await relationsOf('people_2')).toEqual([
        ['loans', 'loans_2'],
        ['manager', 'people_2'],
        ['peoples_by_manager', 'people_2'],
      ]);
      // The live app works on production: empty for the first, with rows for the second.
      const list = (app: string, table: string) =>
        server.client.call(routes.apps.rows.list, {
          params: { app, dataSource: first.dataSource, table },
          query: {},
          body: { expand: {}, sort: [{ column: 'id', direction: 'ascending' }] },
        });
      expect((await list(first.app.slug, 'items')).rows).toEqual([]);
      const { rows } = await list(second.app.slug, 'items_2');
      expect(rows).toHaveLength(3);
      expect(rows[0]).toMatchObject({ name: 'Camera', price: '1249.00', keeper: 'owner@example.com', last_loan_id: 1 });
      await expect(list(second.app.slug, 'items')).rejects.toMatchObject({ kind: 'not-allowed' });
      const { problems } = await server.client.call(routes.apps.problems, { params: { appId: second.app.id } });
      expect(problems).toEqual([]);
    });

    it('names what is wrong with a damaged template and leaves it out of the list', async () => {
      const path = join(folder, 'equipment-loans/tables.json');
      const text = await readFile(path, 'utf8');
      await writeFile(path, text.replace('"type": "email"', '"type": "letter"'));
      await expect(install({ sampleRows: 'none' })).rejects.toMatchObject({
        code: 'template.damaged',
        message: expect.stringContaining('tables.json#/tables/0/fields/1/type') as string,
      });
      expect((await server.client.call(routes.templates.list, { params: inWorkspace() })).templates).toEqual([]);
      await writeFile(path, text);
    });

    it('plays a template on its sample rows for a role, and makes nothing of it', async () => {
      const before = await apps();
      const params = { ...inWorkspace(), template: 'equipment-loans' };
      const preview = await server.client.call(routes.templates.preview, { params, query: { role: 'role_desk' } });
      expect(preview.client.app.name).toBe('Equipment loans');
      expect(preview.user).toMatchObject({
        email: 'owner@example.com',
        roles: expect.arrayContaining(['role_desk']) as string[],
      });
      expect(Object.keys(preview.tables)).toEqual(['ds_internal/items', 'ds_internal/loans', 'ds_internal/people']);
      expect(preview.rows['items']?.[0]).toMatchObject({ id: 1, last_loan_id: 1, keeper: 'owner@example.com' });
      expect(await apps()).toEqual(before);
    });

    it('opens nothing but templates and their pictures', async () => {
      for (const template of ['unknown', 'equipment-loan'])
        await expect(
          server.client.call(routes.templates.read, { params: { ...inWorkspace(), template } }),
        ).rejects.toMatchObject({ code: 'template.unknown' });
      const ask = (file: string) =>
        fetch(`${server.baseUrl}/api/workspaces/${server.workspaceId}/templates/equipment-loans/screenshots/${file}`, {
          headers: { cookie: server.cookie },
        });
      const picture = await ask('items-desktop.jpg');
      expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      expect(new Uint8Array(await picture.arrayBuffer()).subarray(0, 2)).toEqual(new Uint8Array([0xff, 0xd8]));
      for (const file of ['..%2F..%2Ftables.json', 'tables.json', 'items-tablet.jpg', '..%5Ctemplate.json'])
        expect((await ask(file)).status).toBeGreaterThanOrEqual(400);
    });
  },
);
