import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, storeKinds, type TestServer } from '../testing/test-server.ts';
import { openDatabase, type Database } from './database.ts';
import { insertMany } from './insert-many.ts';

interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly size: number | null;
  readonly is_open: boolean | null;
}

const insertRows = insertMany<Row>({
  table: 'insert_many_row',
  columns: { id: 'text', name: 'text', size: 'bigint', is_open: 'boolean' },
  onConflict: '(id) do nothing',
});
// PostgreSQL stores no zero character in a text.
const text = fc.string().map((value) => value.replaceAll('\0', ''));
const anyRow = fc.record({
  name: fc.option(fc.oneof(fc.constantFrom('', 'null', "it's", '?', '"', '$1'), text)),
  size: fc.option(fc.maxSafeInteger()),
  is_open: fc.option(fc.boolean()),
});

describe.each(storeKinds)('rows that are inserted in one statement on %s', (kind) => {
  let server: TestServer;
  let database: Database;
  beforeAll(async () => {
    server = await startTestServer(kind);
    const address = server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl };
    database = await openDatabase({ dataFolder: server.dataFolder, ...address, maxConnections: 2 });
    await database.knex.schema.createTable('insert_many_row', (table) => {
      table.string('id').primary();
      table.text('name');
      table.bigInteger('size');
      table.boolean('is_open');
    });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const stored = async (): Promise<readonly Row[]> => {
    const rows = (await database.knex('insert_many_row').orderBy('id')) as Record<keyof Row, unknown>[];
    return rows.map(({ id, name, size, is_open }) => ({
      id: String(id),
      name: name === null ? null : String(name),
      size: size === null ? null : Number(size),
      is_open: is_open === null ? null : Boolean(is_open),
    }));
  };

  it('are there as they were given, whether they differ or say the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRow, { maxLength: 5 }), fc.boolean(), async (given, areAlike) => {
        const rows = given.map((row, index) => ({ ...(areAlike ? (given[0] ?? row) : row), id: `row ${index}` }));
        await database.knex('insert_many_row').delete();
        await insertRows(database.knex, kind, rows);
        expect(await stored()).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('are left out where the conflict clause says so, alone or among others', async () => {
    const row = (id: string, size: number): Row => ({ id, name: 'one', size, is_open: true });
    await database.knex('insert_many_row').delete();
    await insertRows(database.knex, kind, [row('a', 1)]);
    await insertRows(database.knex, kind, [row('a', 2)]);
    await insertRows(database.knex, kind, [row('a', 3), row('b', 3)]);
    expect(await stored()).toEqual([row('a', 1), row('b', 3)]);
    await insertRows(database.knex, kind, []);
  });
});
