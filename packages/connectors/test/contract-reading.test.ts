import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Filter } from '@fettle/access';
import type { Json } from '@fettle/base';
import { unhurried as calm } from './context.ts';
import { reachableSystems, type TestDatabase } from './databases.ts';
import { richTypes } from './rich-table.ts';
import { createRichWorld, type RichWorld } from './rich-world.ts';

const systems = await reachableSystems();

describe.each(systems)('reading on %s', (system) => {
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

    it('need no estimate where the last page is there', async () => {
      const whole = await tables.list({ table: 'person', limit: 10, total: 'estimated' }, schema, calm);
      expect([whole.total, whole.isEstimate ?? false]).toEqual([4, false]);
      const last = await tables.list({ table: 'person', limit: 3, offset: 3, total: 'estimated' }, schema, calm);
      expect([last.rows.length, last.total, last.isEstimate ?? false]).toEqual([1, 4, false]);
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
});
