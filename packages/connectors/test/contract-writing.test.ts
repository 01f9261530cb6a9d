import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import { unhurried as calm } from './context.ts';
import { reachableSystems, type TestDatabase } from './databases.ts';
import { richRows } from './rich-table.ts';
import { createRichWorld, type RichWorld } from './rich-world.ts';

const systems = await reachableSystems();

describe.each(systems)('writing on %s', (system) => {
  let world: RichWorld;
  let database: TestDatabase;
  let schema: RichWorld['schema'];
  let tables: RichWorld['tables'];
  let table: RichWorld['table'];
  let ids: RichWorld['ids'];

  beforeAll(async () => {
    world = await createRichWorld(system);
    ({ database, schema, tables, table, ids } = world);
  });

  afterAll(() => world.database.drop());

  describe('values', () => {
    it('come back exactly as they were written', async () => {
      const row = richRows[system] as Row;
      const [created] = await tables.create({ table: 'thing', rows: [row] }, schema, calm);
      expect(created).toMatchObject(row);
      const read = await tables.read({ table: 'thing', key: { id: created?.['id'] as Json } }, schema, calm);
      expect(read).toEqual(created);
      expect(read).toMatchObject({ doubled: '39.80' });
      await tables.delete({ table: 'thing', keys: [{ id: created?.['id'] as Json }] }, schema, calm);
    });

    it('are found again by their own value in every comparable column', async () => {
      const row = richRows[system] as Row;
      const [created] = await tables.create({ table: 'thing', rows: [row] }, schema, calm);
      const id = created?.['id'] as Json;
      for (const column of table('thing').columns) {
        if (['json', 'array', 'unknown'].includes(column.type) || row[column.name] === undefined) continue;
        for (const filter of [
          { column: column.name, operator: 'equal' as const, value: row[column.name] as Json },
          {
            column: column.name,
            operator: 'oneOf' as const,
            value: [row[column.name] as Json, row[column.name] as Json],
          },
          {
            column: column.name,
            operator: 'between' as const,
            value: [row[column.name] as Json, row[column.name] as Json],
          },
        ]) {
          expect(await ids(filter, 'thing'), `${column.name} ${filter.operator}`).toContain(id);
        }
        expect(
          await ids({ column: column.name, operator: 'notEqual', value: row[column.name] as Json }, 'thing'),
          column.name,
        ).not.toContain(id);
      }
      await tables.delete({ table: 'thing', keys: [{ id }] }, schema, calm);
    });

    it('that do not fit their column are refused with the place', async () => {
      const wrong: readonly (readonly [string, Json])[] = [
        ['big', 'abc'],
        ['big', 1.5],
        ['big', '99999999999999999999'],
        ['price', 'x'],
        ['flag', 'yes'],
        ['day', '2023-02-29'],
        ['day', '2024-01-01T00:00:00Z'],
        ['local', 'soon'],
        ['instant', '2024-01-01T00:00:00'],
        ['bytes', '%%%'],
        ['label', { a: 1 }],
        ['label', 'x'.repeat(21)],
      ];
      for (const [column, value] of wrong) {
        await expect(
          tables.create({ table: 'thing', rows: [{ label: 'a' }, { label: 'a', [column]: value }] }, schema, calm),
          column,
        ).rejects.toMatchObject({
          kind: 'input',
          problems: [{ path: `/rows/1/${column}` }],
        });
      }
      await expect(ids({ column: 'id', operator: 'equal', value: 'abc' })).rejects.toMatchObject({
        kind: 'input',
        problems: [{ path: '/filter/value' }],
      });
    });
  });

  describe('writes', () => {
    it('answer rows as stored, with generated keys and defaults', async () => {
      const rows = await tables.create({ table: 'thing', rows: [{ price: '1' }, { label: 'two' }] }, schema, calm);
      expect(rows).toMatchObject([
        { label: 'none', price: '1.00', flag: true, doubled: '2.00' },
        { label: 'two', price: null },
      ]);
      expect(
        await tables.delete({ table: 'thing', keys: rows.map((row) => ({ id: row['id'] as Json })) }, schema, calm),
      ).toBe(2);
    });

    it('are all made or none', async () => {
      const before = (await ids({ and: [] })).length;
      await expect(
        tables.create(
          {
            table: 'person',
            rows: [
              { name: 'E', email: 'e@x.io' },
              { name: 'F', email: 'ada@x.io' },
            ],
          },
          schema,
          calm,
        ),
      ).rejects.toMatchObject({ kind: 'conflict', code: 'data.not-unique', problems: [{ path: '/email' }] });
      expect((await ids({ and: [] })).length).toBe(before);
      await expect(
        tables.delete(
          {
            table: 'pair',
            keys: [
              { a: 1, b: 'x' },
              { a: 2, b: 'y' },
            ],
          },
          schema,
          calm,
        ),
      ).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('change a row only when it is what the caller saw', async () => {
      const change = (expected: Row, values: Row) =>
        tables.update({ table: 'person', changes: [{ key: { id: 4 }, values, expected }] }, schema, calm);
      expect(await change({ name: 'dora', email: 'dora@x.io', born: '2000-02-29' }, { name: 'Dora' })).toMatchObject([
        { id: 4, name: 'Dora' },
      ]);
      await expect(change({ name: 'dora' }, { name: 'DORA' })).rejects.toMatchObject({
        kind: 'conflict',
        code: 'row.changed',
        details: { current: { id: 4, name: 'Dora' }, yours: { name: 'DORA' } },
      });
      await expect(change({ notes: 'x' }, { name: 'D' })).rejects.toMatchObject({ code: 'row.changed' });
      expect(await change({ notes: null, name: 'Dora' }, { name: 'dora' })).toMatchObject([{ name: 'dora' }]);
      await expect(
        tables.update({ table: 'person', changes: [{ key: { id: 99 }, values: { name: 'x' } }] }, schema, calm),
      ).rejects.toMatchObject({ kind: 'not-found' });
    });

    it('compare values that SQL cannot, such as JSON and instants', async () => {
      const [row] = await tables.create({ table: 'thing', rows: [richRows[system] as Row] }, schema, calm);
      const key = { id: row?.['id'] as Json };
      const expected = { data: { a: [1, null, 'x'] }, instant: '2024-03-31T01:30:00.123Z', approx: 0.1, bytes: 'AP+A' };
      expect(
        await tables.update({ table: 'thing', changes: [{ key, values: { data: [1] }, expected }] }, schema, calm),
      ).toMatchObject([{ data: [1] }]);
      await expect(
        tables.update({ table: 'thing', changes: [{ key, values: { data: [2] }, expected }] }, schema, calm),
      ).rejects.toMatchObject({ code: 'row.changed' });
      await tables.delete({ table: 'thing', keys: [key] }, schema, calm);
    });

    it('replace a stored value that the column would not take today', async () => {
      const odd = { postgres: 'infinity', mysql: '0000-00-00', sqlite: 'not a date' }[system];
      await database.run(`insert into person (id, name, born) values (50, 'Odd', '${odd}')`);
      const change = (expected: Row, values: Row) =>
        tables.update({ table: 'person', changes: [{ key: { id: 50 }, values, expected }] }, schema, calm);
      await expect(change({ born: 'something else' }, { born: '2024-02-29' })).rejects.toMatchObject({
        code: 'row.changed',
      });
      expect(await change({ born: odd }, { born: '2024-02-29' })).toMatchObject([{ born: '2024-02-29' }]);
      await tables.delete({ table: 'person', keys: [{ id: 50 }] }, schema, calm);
    });

    it('work on composite keys, and answer the row under its new key', async () => {
      await tables.create({ table: 'pair', rows: [{ a: 1, b: "o'x", note: 'n' }] }, schema, calm);
      expect(
        await tables.update(
          { table: 'pair', changes: [{ key: { a: 1, b: "o'x" }, values: { b: 'y' } }] },
          schema,
          calm,
        ),
      ).toEqual([{ a: 1, b: 'y', note: 'n' }]);
      await expect(tables.read({ table: 'pair', key: { a: 1 } }, schema, calm)).rejects.toMatchObject({
        code: 'data.key-invalid',
      });
      expect(await tables.delete({ table: 'pair', keys: [{ a: 1, b: 'y' }] }, schema, calm)).toBe(1);
    });

    it('say which rule of the database they break, and where', async () => {
      const create = (id: string, row: Row) => tables.create({ table: id, rows: [row] }, schema, calm);
      await expect(create('person', { email: 'q@x.io' })).rejects.toMatchObject({
        kind: 'input',
        code: 'data.required',
        problems: [{ path: '/name' }],
      });
      await expect(create('thing', { owner_id: 999 })).rejects.toMatchObject({
        kind: 'input',
        code: 'data.reference-missing',
      });
      await expect(create('thing', { price: '-1' })).rejects.toMatchObject({ kind: 'input', code: 'data.rule-broken' });
      await expect(create('thing', { doubled: '1' })).rejects.toMatchObject({
        code: 'data.read-only-column',
        problems: [{ path: '/rows/0/doubled' }],
      });
      await expect(tables.delete({ table: 'person', keys: [{ id: 1 }] }, schema, calm)).rejects.toMatchObject({
        code: system === 'sqlite' ? 'data.reference-missing' : 'data.still-used',
      });
    });

    it('store many rows at once in order', async () => {
      const rows = Array.from({ length: 300 }, (_, index) => ({ a: 1000 + index, b: 'bulk' }));
      const stored = await tables.create({ table: 'pair', rows }, schema, calm);
      expect(stored.map((row) => row['a'])).toEqual(rows.map((row) => row.a));
      expect(await tables.delete({ table: 'pair', keys: rows }, schema, calm)).toBe(300);
    });
  });

  describe('hostile names and values', () => {
    const id = `we"ird .?tab'le`;

    it('work end to end', async () => {
      const row = {
        select: 1,
        'a.b': "'; drop table person; --",
        'q?m': '?',
        ünï: '\u{1F600}"',
        ' sp ace': '$1 {{ x }}',
        'back`[]\\': '\\',
      };
      expect(await tables.create({ table: id, rows: [row] }, schema, calm)).toEqual([row]);
      for (const [column, value] of Object.entries(row)) {
        const { rows } = await tables.list(
          {
            table: id,
            filter: { column, operator: 'equal', value },
            sort: [{ column, direction: 'descending' }],
            limit: 1,
            total: 'exact',
          },
          schema,
          calm,
        );
        expect(rows, column).toEqual([row]);
      }
      expect(
        await tables.update(
          { table: id, changes: [{ key: { select: 1 }, values: { 'a.b': 'x' }, expected: { 'q?m': '?' } }] },
          schema,
          calm,
        ),
      ).toMatchObject([{ 'a.b': 'x' }]);
      expect(
        await tables.aggregate(
          { table: id, groupBy: [{ column: 'q?m' }], measures: [{ name: 'n', function: 'count' }], limit: 5 },
          schema,
          calm,
        ),
      ).toMatchObject({ rows: [{ 'q?m': '?', n: 1 }] });
      expect(await tables.delete({ table: id, keys: [{ select: 1 }] }, schema, calm)).toBe(1);
    });

    it('in filters stay values', async () => {
      for (const value of ["' or 1=1 --", '"; drop table person; --', '\\', '%', '\u{1F600}', '`', '?']) {
        expect(await ids({ column: 'name', operator: 'equal', value })).toEqual([]);
        expect(await ids({ column: 'notes', operator: 'contains', value })).toEqual([]);
      }
    });
  });

  it('aggregates with buckets, sorted by a measure', async () => {
    const result = await tables.aggregate(
      {
        table: 'thing',
        groupBy: [{ column: 'day', bucket: 'quarter' }],
        measures: [
          { name: 'n', function: 'count' },
          { name: 'total', function: 'sum', column: 'price' },
          { name: 'top', function: 'maximum', column: 'price' },
        ],
        sort: [{ column: 'total', direction: 'descending' }],
        limit: 10,
      },
      schema,
      calm,
    );
    expect(result.rows).toMatchObject([
      { day: '2024-01-01', n: 3, total: expect.stringMatching(/^7\.50*$/), top: '3.50' },
    ]);
    for (const bucket of ['year', 'month', 'week', 'day'] as const) {
      const { rows } = await tables.aggregate(
        {
          table: 'thing',
          filter: { column: 'id', operator: 'equal', value: 2 },
          groupBy: [{ column: 'day', bucket }],
          measures: [{ name: 'n', function: 'count' }],
          limit: 10,
        },
        schema,
        calm,
      );
      expect(rows, bucket).toEqual([
        { day: { year: '2024-01-01', month: '2024-02-01', week: '2024-02-12', day: '2024-02-15' }[bucket], n: 1 },
      ]);
    }
  });

  it('streams every row in pages', async () => {
    const seen: Json[] = [];
    for await (const rows of tables.stream({ table: 'person', columns: [] }, schema, calm))
      seen.push(...rows.map((row) => row['id'] as Json));
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('goes on when a table changes under its prepared statements', async () => {
    await tables.create({ table: 'tag', rows: [{ id: 50, title: 'z' }] }, schema, calm);
    for (let round = 0; round < 3; round += 1) await tables.read({ table: 'tag', key: { id: 50 } }, schema, calm);
    await database.run(
      system === 'sqlite'
        ? 'alter table tag add column more text'
        : system === 'mysql'
          ? 'alter table tag modify title varchar(200) not null'
          : 'alter table tag alter column title type varchar(200)',
    );
    expect(await tables.read({ table: 'tag', key: { id: 50 } }, schema, calm)).toEqual({ id: 50, title: 'z' });
    await tables.delete({ table: 'tag', keys: [{ id: 50 }] }, schema, calm);
  });
});
