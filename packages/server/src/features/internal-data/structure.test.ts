import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomText } from '@fettle/base';
import { routes } from '@fettle/contract';
import { findPostgres } from '@fettle/testing';
import { startDataTestServer, type DataTestServer } from '../../testing/data-test-server.ts';

const postgres = await findPostgres();
const metadata = `fettle_structure_${randomText(8)}`;

async function onPostgres(sql: string): Promise<void> {
  const client = new Client({ ...postgres, database: 'postgres' });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe.each(postgres === undefined ? (['sqlite'] as const) : (['sqlite', 'postgres'] as const))(
  'internal tables on %s',
  (store) => {
    let server: DataTestServer;
    let dataSource = '';
    const place = () => ({ workspaceId: server.workspaceId, dataSource });
    const { dataSources } = routes;

    beforeAll(async () => {
      if (store === 'postgres') await onPostgres(`create database ${metadata}`);
      const url = `postgres://${postgres?.user}:${postgres?.password}@${postgres?.host}:${postgres?.port}/${metadata}`;
      server = await startDataTestServer(store === 'postgres' ? { DATABASE_URL: url } : {});
      const reply = await server.client.call(dataSources.create, {
        params: { workspaceId: server.workspaceId },
        body: { name: 'Tables', kind: 'internal' },
      });
      dataSource = reply.dataSource.id;
    }, 30_000);
    afterAll(async () => {
      await server?.close();
      if (store === 'postgres') await onPostgres(`drop database if exists ${metadata} with (force)`);
    });

    const tablesIn = async (environment: 'development' | 'production') =>
      (await server.client.call(dataSources.schema, { params: place(), query: { environment } })).schema.tables;

    it('are made in both environments, with what their columns mean', async () => {
      const { schema } = await server.client.call(dataSources.createTable, {
        params: place(),
        body: {
          name: 'task',
          fields: [
            { name: 'title', type: 'text', required: true },
            { name: 'state', type: 'select', options: ['Open', 'Done'], default: 'Open' },
            { name: 'cost', type: 'decimal', scale: 2 },
            { name: 'made_by', type: 'createdBy' },
            { name: 'changed_by', type: 'updatedBy' },
            { name: 'made_at', type: 'createdAt' },
          ],
        },
      });
      expect(schema.tables.map(({ id }) => id)).toEqual(['task']);
      expect((await tablesIn('production')).map(({ id }) => id)).toEqual(['task']);
      expect(schema.tables[0]?.columns.find(({ name }) => name === 'state')).toMatchObject({
        meaning: 'select',
        options: ['Open', 'Done'],
      });
    });

    it('note who made and changed a row, whatever the caller says', async () => {
      const rows = { ...place(), table: 'task' };
      const made = await server.client.call(dataSources.rows.create, {
        params: rows,
        body: { rows: [{ title: 'First', cost: '12.50', made_by: 'somebody@else' }] },
      });
      expect(made.rows[0]).toMatchObject({
        title: 'First',
        state: 'Open',
        cost: '12.50',
        made_by: 'owner@example.com',
        changed_by: 'owner@example.com',
      });
      const id = made.rows[0]?.['id'] ?? null;
      const changed = await server.client.call(dataSources.rows.update, {
        params: rows,
        body: { changes: [{ key: { id }, values: { title: 'Second', made_by: 'x' } }] },
      });
      expect(changed.rows[0]).toMatchObject({ title: 'Second', made_by: 'owner@example.com' });
    });

    it('change together: columns are added, renamed, changed and removed everywhere', async () => {
      const task = { ...place(), table: 'task' };
      await server.client.call(dataSources.addColumn, { params: task, body: { field: { name: 'due', type: 'date' } } });
      await server.client.call(dataSources.changeColumn, {
        params: { ...task, column: 'due' },
        body: { name: 'due_on' },
      });
      await server.client.call(dataSources.changeColumn, {
        params: { ...task, column: 'state' },
        body: { field: { name: 'state', type: 'select', options: ['Open', 'Done', 'Late'] } },
      });
      await server.client.call(dataSources.dropColumn, { params: { ...task, column: 'cost' } });
      for (const environment of ['development', 'production'] as const) {
        const names = (await tablesIn(environment))[0]?.columns.map(({ name }) => name);
        expect(names).toContain('due_on');
        expect(names).not.toContain('cost');
      }
    });

    it('refuse names and rules that cannot work, with words', async () => {
      const create = (name: string, fields: readonly { name: string; type: 'text' | 'select' | 'relation' }[]) =>
        server.client.call(dataSources.createTable, { params: place(), body: { name, fields: [...fields] } });
      await expect(create('Task', [])).rejects.toThrow(/already a table/);
      await expect(create('1st', [])).rejects.toThrow(/cannot be the name of a table/);
      await expect(create('sqlite_x', [])).rejects.toThrow(/kept for the database/);
      await expect(create('a', [{ name: 'id', type: 'text' }])).rejects.toThrow(/already: its key/);
      await expect(create('a', [{ name: 'constructor', type: 'text' }])).rejects.toThrow(
        /cannot be the name of a column/,
      );
      await expect(
        create('a', [
          { name: 'x', type: 'text' },
          { name: 'X', type: 'text' },
        ]),
      ).rejects.toThrow(/already a column/);
      await expect(create('a', [{ name: 'x', type: 'select' }])).rejects.toThrow(/at least one option/);
      await expect(create('a', [{ name: 'x', type: 'relation' }])).rejects.toThrow(/name the table/);
      await expect(
        server.client.call(dataSources.dropTable, {
          params: { ...place(), table: 'task' },
          query: { confirm: 'other' },
        }),
      ).rejects.toThrow(/not the name of the table/);
      expect(await tablesIn('development')).toHaveLength(1);
    });

    it('are made from a CSV, or not at all', async () => {
      const send = async (name: string, body: string) => {
        const response = await fetch(
          `${server.baseUrl}/api/workspaces/${server.workspaceId}/data-sources/${dataSource}/structure/import?name=${name}`,
          {
            method: 'POST',
            headers: { cookie: server.cookie, origin: server.baseUrl, 'content-type': 'text/csv' },
            body,
          },
        );
        return (await response.json()) as object;
      };
      expect(await send('parts', 'ID,Part name,Price,Since\n7,Bolt,1.25,2026-01-01\n8,Nut,0.5,2026-02-01\n')).toEqual({
        table: 'parts',
        imported: 2,
      });
      const { rows } = await server.client.call(dataSources.rows.list, {
        params: { ...place(), table: 'parts' },
        body: {},
      });
      expect(rows[0]).toMatchObject({ id2: 7, part_name: 'Bolt', price: '1.25', since: '2026-01-01' });
      expect(await send('broken', 'a,b\n1,2\n3\n')).toMatchObject({ code: 'csv.values-invalid' });
      expect((await tablesIn('production')).map(({ id }) => id).sort()).toEqual(['parts', 'task']);
    });

    it('are renamed and deleted everywhere, and go with their data source', async () => {
      await server.client.call(dataSources.renameTable, {
        params: { ...place(), table: 'parts' },
        body: { name: 'spare_parts' },
      });
      await server.client.call(dataSources.dropTable, {
        params: { ...place(), table: 'spare_parts' },
        query: { confirm: 'spare_parts' },
      });
      expect((await tablesIn('production')).map(({ id }) => id)).toEqual(['task']);
      await expect(server.client.call(dataSources.delete, { params: place(), query: {} })).rejects.toMatchObject({
        code: 'data-source.holds-data',
      });
      await server.client.call(dataSources.delete, { params: place(), query: { force: true } });
    });
  },
);
