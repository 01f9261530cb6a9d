import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Filter } from '@fettle/access';
import { bug, type Json } from '@fettle/base';
import type { Row, SchemaDescription, TableDescription } from '@fettle/sdk';
import type { TablesCapability } from '@fettle/sdk/server';
import { unhurried as calm } from './context.ts';
import { createDatabase, reachableSystems, type TestDatabase } from './databases.ts';
import { richRows, richSchema, richTypes } from './rich-table.ts';

const systems = await reachableSystems();

describe.each(systems)('the connector contract on %s', (system) => {
  let database: TestDatabase;
  let schema: SchemaDescription;
  let tables: TablesCapability;

  const table = (id: string): TableDescription => {
    const found = schema.tables.find((item) => item.id === id);
    if (found === undefined) throw bug(`There is no table ${id}.`);
    return found;
  };
  const ids = async (filter: Filter, id = 'person'): Promise<Json[]> => {
    const { rows } = await tables.list({ table: id, columns: [], filter, limit: 1000 }, schema, calm);
    return rows.map((row) => row['id'] as Json);
  };

  beforeAll(async () => {
    database = await createDatabase(system);
    await database.run(richSchema[system]);
    schema = (await database.session.introspect?.(calm)) ?? { tables: [], warnings: [] };
    tables = database.session.tables as TablesCapability;
    await tables.create(
      {
        table: 'person',
        rows: [
          { id: 1, name: 'Ada', email: 'ada@x.io', born: '1815-12-10', notes: '' },
          { id: 2, name: 'Bob 50%_!', email: 'bob@x.io', born: '1990-01-01', boss_id: 1 },
          { id: 3, name: 'Cy', email: null, born: null, notes: 'ÄÖ', boss_id: 1 },
          { id: 4, name: 'dora', email: 'dora@x.io', born: '2000-02-29', boss_id: 2 },
        ],
      },
      schema,
      calm,
    );
    await tables.create({ table: 'tag', rows: [1, 2, 3].map((id) => ({ id, title: `tag ${id}` })) }, schema, calm);
    await tables.create(
      {
        table: 'thing',
        rows: [1, 2, 3].map((id) => ({
          id,
          label: `thing ${id}`,
          price: `${id}.50`,
          day: `2024-0${id}-15`,
          owner_id: id === 3 ? null : 1,
          checker_id: 2,
        })),
      },
      schema,
      calm,
    );
    await tables.create(
      {
        table: 'thing_tag',
        rows: [
          [1, 1],
          [1, 2],
          [2, 2],
        ].map(([thing_id, tag_id]) => ({ thing_id: thing_id as number, tag_id: tag_id as number })),
      },
      schema,
      calm,
    );
  });

  afterAll(async () => {
    await database.drop();
  });

  describe('introspection', () => {
    it('finds tables, views, keys, defaults, generated columns and comments', () => {
      expect(schema.warnings).toEqual([]);
      expect(table('thing_view').kind).toBe('view');
      expect(table('pair').primaryKey).toEqual(['a', 'b']);
      expect(table('keyless').primaryKey).toEqual([]);
      expect(table('person').uniqueKeys).toContainEqual(['email']);
      expect(table('person').labelColumn).toBe('name');
      const columns = new Map(table('thing').columns.map((column) => [column.name, column]));
      expect(columns.get('label')).toMatchObject({
        nullable: false,
        hasDefault: true,
        defaultValue: 'none',
        maxLength: 20,
      });
      expect(columns.get('flag')).toMatchObject({ hasDefault: true, defaultValue: true });
      expect(columns.get('id')).toMatchObject({ hasDefault: true, generated: false });
      expect(columns.get('doubled')).toMatchObject({ generated: true });
      expect(columns.get('price')).toMatchObject({ precision: 10, scale: 2 });
      if (system !== 'sqlite') {
        expect(table('person').comment).toBe('People');
        expect(table('person').columns.find(({ name }) => name === 'born')?.comment).toBe('Day of birth');
        expect(columns.get('state')?.options).toEqual(['sad', 'ok', 'happy']);
      }
      if (system === 'postgres') expect(table('other.extra').schema).toBe('other');
    });

    it('normalises the type of every column', () => {
      const found = Object.fromEntries(table('thing').columns.map((column) => [column.name, column.type]));
      expect(found).toMatchObject(richTypes[system]);
    });

    it('makes relations of foreign keys, in both directions and through junction tables', () => {
      const names = (id: string) => Object.fromEntries(table(id).relations.map(({ name, kind }) => [name, kind]));
      expect(names('thing')).toEqual({ owner: 'one', checker: 'one', thing_tags: 'many', tags: 'many' });
      expect(names('person')).toEqual({
        boss: 'one',
        persons_by_boss: 'many',
        things_by_owner: 'many',
        things_by_checker: 'many',
        passport: 'one',
      });
      expect(table('thing').relations.find(({ name }) => name === 'tags')).toMatchObject({
        table: 'tag',
        columns: ['id'],
        foreignColumns: ['id'],
        through: { table: 'thing_tag', columns: ['thing_id'], foreignColumns: ['tag_id'] },
      });
    });
  });

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

  describe('filters', () => {
    const cases: readonly (readonly [string, Filter, readonly number[]])[] = [
      ['equal', { column: 'name', operator: 'equal', value: 'Ada' }, [1]],
      ['equal null', { column: 'email', operator: 'equal', value: null }, [3]],
      ['notEqual takes null in', { column: 'email', operator: 'notEqual', value: 'ada@x.io' }, [2, 3, 4]],
      ['notEqual null', { column: 'email', operator: 'notEqual', value: null }, [1, 2, 4]],
      ['less', { column: 'born', operator: 'less', value: '1990-01-01' }, [1]],
      ['lessOrEqual', { column: 'born', operator: 'lessOrEqual', value: '1990-01-01' }, [1, 2]],
      ['greater', { column: 'id', operator: 'greater', value: 2 }, [3, 4]],
      ['greaterOrEqual', { column: 'id', operator: 'greaterOrEqual', value: '3' }, [3, 4]],
      ['greater than null', { column: 'id', operator: 'greater', value: null }, []],
      ['between', { column: 'id', operator: 'between', value: [2, 3] }, [2, 3]],
      ['between with an open end', { column: 'id', operator: 'between', value: [null, 2] }, [1, 2]],
      ['contains without case', { column: 'name', operator: 'contains', value: 'DO' }, [4]],
      ['contains without case beyond ASCII', { column: 'notes', operator: 'contains', value: 'äö' }, [3]],
      ['contains a wildcard as it is', { column: 'name', operator: 'contains', value: '%_!' }, [2]],
      ['notContains', { column: 'name', operator: 'notContains', value: 'o' }, [1, 3]],
      ['startsWith', { column: 'name', operator: 'startsWith', value: 'b' }, [2]],
      ['endsWith', { column: 'name', operator: 'endsWith', value: 'A' }, [1, 4]],
      ['matches', { column: 'name', operator: 'matches', value: '?d*' }, [1]],
      ['contains on a number', { column: 'id', operator: 'contains', value: '3' }, [3]],
      ['oneOf', { column: 'id', operator: 'oneOf', value: [1, 3, 99] }, [1, 3]],
      ['oneOf with null', { column: 'email', operator: 'oneOf', value: ['bob@x.io', null] }, [2, 3]],
      ['oneOf of nothing', { column: 'id', operator: 'oneOf', value: [] }, []],
      ['notOneOf', { column: 'email', operator: 'notOneOf', value: ['bob@x.io'] }, [1, 3, 4]],
      ['notOneOf with null', { column: 'email', operator: 'notOneOf', value: ['bob@x.io', null] }, [1, 4]],
      ['notOneOf of nothing', { column: 'id', operator: 'notOneOf', value: [] }, [1, 2, 3, 4]],
      ['containsAny on text', { column: 'name', operator: 'containsAny', value: ['ad', 'cy'] }, [1, 3]],
      ['containsAll on text', { column: 'name', operator: 'containsAll', value: ['b', '50'] }, [2]],
      ['empty', { column: 'notes', operator: 'empty' }, [1, 2, 4]],
      ['notEmpty', { column: 'notes', operator: 'notEmpty' }, [3]],
      ['optional without a value', { column: 'name', operator: 'equal', value: '', optional: true }, [1, 2, 3, 4]],
      ['optional list without values', { column: 'id', operator: 'oneOf', value: [], optional: true }, [1, 2, 3, 4]],
      ['the empty and', { and: [] }, [1, 2, 3, 4]],
      ['the empty or', { or: [] }, []],
      ['not of unknown', { not: { column: 'born', operator: 'less', value: '1990-01-01' } }, [2, 3, 4]],
      [
        'groups',
        {
          or: [
            { and: [{ column: 'id', operator: 'equal', value: 1 }] },
            { not: { or: [{ column: 'id', operator: 'less', value: 4 }] } },
          ],
        },
        [1, 4],
      ],
      ['a path through a relation', { column: 'boss.boss.name', operator: 'equal', value: 'Ada' }, [4]],
      [
        'some',
        { relation: 'things_by_owner', match: 'some', filter: { column: 'id', operator: 'equal', value: 2 } },
        [1],
      ],
      ['none', { relation: 'things_by_owner', match: 'none' }, [2, 3, 4]],
      [
        'every',
        { relation: 'persons_by_boss', match: 'every', filter: { column: 'email', operator: 'notEmpty' } },
        [2, 3, 4],
      ],
      [
        'some to one',
        { relation: 'boss', match: 'some', filter: { column: 'name', operator: 'equal', value: 'Ada' } },
        [2, 3],
      ],
      [
        'nested',
        {
          relation: 'things_by_owner',
          match: 'some',
          filter: { relation: 'tags', match: 'some', filter: { column: 'title', operator: 'equal', value: 'tag 1' } },
        },
        [1],
      ],
    ];

    it.each(cases)('%s', async (_name, filter, expected) => {
      expect(await ids(filter)).toEqual(expected);
    });

    it('look into lists', async () => {
      await database.run(
        system === 'postgres'
          ? `update thing set data = '["a","b"]', labels = '{x,y}' where id = 1; update thing set data = '[]', labels = '{}' where id = 2`
          : `update thing set data = '["a","b"]' where id = 1`,
      );
      if (system !== 'postgres') await database.run(`update thing set data = '[]' where id = 2`);
      const find = (column: string, operator: 'containsAny' | 'containsAll' | 'empty' | 'notEmpty', value?: Json) =>
        ids({ column, operator, ...(value === undefined ? {} : { value }) }, 'thing');
      for (const column of system === 'postgres' ? ['data', 'labels'] : ['data']) {
        const [a, b] = column === 'data' ? ['a', 'b'] : ['x', 'y'];
        expect(await find(column, 'containsAny', [a as string, 'q'])).toEqual([1]);
        expect(await find(column, 'containsAll', [a as string, b as string])).toEqual([1]);
        expect(await find(column, 'containsAll', [a as string, 'q'])).toEqual([]);
        expect(await find(column, 'empty')).toEqual([2, 3]);
        expect(await find(column, 'notEmpty')).toEqual([1]);
      }
    });

    it('name what does not exist, with what does', async () => {
      await expect(ids({ column: 'nmae', operator: 'empty' })).rejects.toMatchObject({
        kind: 'input',
        code: 'data.unknown-column',
        hint: expect.stringContaining('"name"'),
        problems: [{ path: '/filter/column' }],
      });
      await expect(ids({ relation: 'bos', match: 'some' })).rejects.toMatchObject({ code: 'data.unknown-relation' });
      await expect(ids({ column: 'things_by_owner.id', operator: 'empty' })).rejects.toMatchObject({
        code: 'data.relation-to-many',
      });
      await expect(tables.list({ table: 'nope', limit: 1 }, schema, calm)).rejects.toMatchObject({
        code: 'data.unknown-table',
      });
      await expect(
        tables.list({ table: 'thing', limit: 1, sort: [{ column: 'data', direction: 'ascending' }] }, schema, calm),
      ).rejects.toMatchObject({ code: 'data.not-sortable' });
    });
  });

  describe('lists', () => {
    it('sort nulls last in ascending and first in descending order', async () => {
      const sorted = async (direction: 'ascending' | 'descending') =>
        (
          await tables.list(
            { table: 'person', columns: [], sort: [{ column: 'email', direction }], limit: 10 },
            schema,
            calm,
          )
        ).rows.map((row) => row['id']);
      expect(await sorted('ascending')).toEqual([1, 2, 4, 3]);
      expect(await sorted('descending')).toEqual([3, 4, 2, 1]);
    });

    it('bring chosen columns, the key and related rows, to-one in the same statement', async () => {
      const { rows } = await tables.list(
        {
          table: 'thing',
          columns: ['label'],
          expand: { owner: { columns: ['name'], expand: { passport: {} } }, tags: { columns: ['title'] } },
          sort: [{ column: 'owner.name', direction: 'ascending' }],
          limit: 10,
        },
        schema,
        calm,
      );
      expect(rows).toEqual([
        {
          id: 1,
          label: 'thing 1',
          owner: { id: 1, name: 'Ada', passport: null },
          tags: [
            { id: 1, title: 'tag 1' },
            { id: 2, title: 'tag 2' },
          ],
        },
        { id: 2, label: 'thing 2', owner: { id: 1, name: 'Ada', passport: null }, tags: [{ id: 2, title: 'tag 2' }] },
        { id: 3, label: 'thing 3', owner: null, tags: [] },
      ]);
    });

    it('cut to-many relations at their limit for each row', async () => {
      const person = await tables.read(
        { table: 'person', key: { id: 2 }, columns: [], expand: { things_by_checker: { columns: [], limit: 2 } } },
        schema,
        calm,
      );
      expect(person).toEqual({ id: 2, things_by_checker: [{ id: 1 }, { id: 2 }] });
    });

    it('search text columns or the ones named, through relations too', async () => {
      const search = async (text: string, columns?: readonly string[]) =>
        (
          await tables.list(
            {
              table: 'person',
              columns: [],
              search: { text, ...(columns === undefined ? {} : { columns }) },
              limit: 10,
            },
            schema,
            calm,
          )
        ).rows.map((row) => row['id']);
      expect(await search('ADA')).toEqual([1]);
      expect(await search('ada', ['boss.name'])).toEqual([2, 3]);
      expect(await search(' ')).toEqual([1, 2, 3, 4]);
    });

    it('count exactly, and page by offset', async () => {
      const page = await tables.list(
        {
          table: 'person',
          columns: [],
          filter: { column: 'boss_id', operator: 'equal', value: 1 },
          limit: 1,
          offset: 1,
          total: 'exact',
        },
        schema,
        calm,
      );
      expect(page).toMatchObject({ rows: [{ id: 3 }], total: 2 });
      expect(
        (await tables.list({ table: 'person', limit: 1, total: 'estimated' }, schema, calm)).total,
      ).toBeGreaterThanOrEqual(0);
    });

    it('refuse a cursor of another list, and one that is none', async () => {
      const { next } = await tables.list({ table: 'person', limit: 1 }, schema, calm);
      const foreign = tables.list(
        { table: 'person', limit: 1, cursor: next as string, sort: [{ column: 'name', direction: 'ascending' }] },
        schema,
        calm,
      );
      await expect(foreign).rejects.toMatchObject({ kind: 'input', code: 'data.cursor-invalid' });
      await expect(tables.list({ table: 'person', limit: 1, cursor: '%%' }, schema, calm)).rejects.toMatchObject({
        code: 'data.cursor-invalid',
      });
    });

    it('page a table that has no key', async () => {
      await tables.create({ table: 'keyless', rows: [3, 1, 2].map((x) => ({ x, y: 'y' })) }, schema, calm);
      const seen: Json[] = [];
      let cursor: string | undefined;
      do {
        const page = await tables.list(
          { table: 'keyless', limit: 2, ...(cursor === undefined ? {} : { cursor }) },
          schema,
          calm,
        );
        seen.push(...page.rows.map((row) => row['x'] as Json));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(seen).toEqual([1, 2, 3]);
      await expect(tables.read({ table: 'keyless', key: { x: 1 } }, schema, calm)).rejects.toMatchObject({
        code: 'data.no-key',
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
