import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Filter, Sort } from '@fettle/access';
import type { Json } from '@fettle/base';
import type { Row, SchemaDescription } from '@fettle/sdk';
import type { TablesCapability } from '@fettle/sdk/server';
import { unhurried as calm } from './context.ts';
import { createDatabase, reachableSystems, type TestDatabase } from './databases.ts';

const systems = await reachableSystems();

const columns = ['id', 'a', 'b', 'c', 'd'] as const;

/** Few different values, so that equal ones and nulls are frequent. */
const rowArbitrary = fc.record({
  a: fc.option(fc.integer({ min: -2, max: 2 }), { nil: null }),
  b: fc.option(fc.constantFrom('x', 'xx', 'y', 'z9'), { nil: null }),
  c: fc.option(fc.constantFrom('2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.500Z', '1999-12-31T23:59:59.999Z'), {
    nil: null,
  }),
  d: fc.constantFrom('-1.50', '0.00', '2.25', '10.00'),
});

const conditionArbitrary: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({
    column: fc.constant('a'),
    operator: fc.constantFrom('equal', 'notEqual', 'less', 'greaterOrEqual'),
    value: fc.integer({ min: -2, max: 2 }),
  }),
  fc.record({
    column: fc.constant('b'),
    operator: fc.constantFrom('contains', 'notContains', 'startsWith', 'equal', 'notEqual'),
    value: fc.constantFrom('x', 'y', '9'),
  }),
  fc.record({
    column: fc.constant('b'),
    operator: fc.constantFrom('oneOf', 'notOneOf'),
    value: fc.array(fc.constantFrom('x', 'y', null), { maxLength: 3 }),
  }),
  fc.record({ column: fc.constantFrom('a', 'b', 'c'), operator: fc.constantFrom('empty', 'notEmpty') }),
);

const filterArbitrary: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    conditionArbitrary,
    fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
})).filter;

const sortArbitrary: fc.Arbitrary<Sort[]> = fc.uniqueArray(
  fc.record({ column: fc.constantFrom(...columns), direction: fc.constantFrom('ascending', 'descending') }),
  { selector: (sort) => sort.column, maxLength: 4 },
);

/** The reference: the same filter on rows in memory. */
function holds(filter: Filter, row: Row): boolean {
  if ('and' in filter) return filter.and.every((item) => holds(item, row));
  if ('or' in filter) return filter.or.some((item) => holds(item, row));
  if ('not' in filter) return !holds(filter.not, row);
  if ('relation' in filter) return false;
  const value = row[filter.column] ?? null;
  const wanted = filter.value as Json;
  const text = String(value);
  switch (filter.operator) {
    case 'empty':
      return value === null;
    case 'notEmpty':
      return value !== null;
    case 'equal':
      return value === wanted;
    case 'notEqual':
      return value !== wanted;
    case 'less':
      return value !== null && (value as number) < (wanted as number);
    case 'greaterOrEqual':
      return value !== null && (value as number) >= (wanted as number);
    case 'contains':
      return value !== null && text.includes(String(wanted));
    case 'notContains':
      return value === null || !text.includes(String(wanted));
    case 'startsWith':
      return value !== null && text.startsWith(String(wanted));
    case 'oneOf':
      return (wanted as readonly Json[]).includes(value);
    default:
      return !(wanted as readonly Json[]).includes(value);
  }
}

/** Null is the largest value; the key decides last, in the direction of the last sort column. */
function compare(sorts: readonly Sort[], one: Row, two: Row): number {
  const all: readonly Sort[] = sorts.some(({ column }) => column === 'id')
    ? sorts
    : [...sorts, { column: 'id', direction: sorts.at(-1)?.direction ?? 'ascending' }];
  for (const { column, direction } of all) {
    const [a, b] = [one[column] ?? null, two[column] ?? null];
    if (a === b) continue;
    const order = a === null ? 1 : b === null ? -1 : smaller(column, a, b) ? -1 : 1;
    return direction === 'ascending' ? order : -order;
  }
  return 0;
}

function smaller(column: string, a: Json, b: Json): boolean {
  return column === 'd' ? Number(a) < Number(b) : (a as string) < (b as string);
}

describe.each(systems)('walking the pages of a list on %s', (system) => {
  let database: TestDatabase;
  let schema: SchemaDescription;
  let rows: readonly Row[];

  beforeAll(async () => {
    database = await createDatabase(system);
    const types = {
      postgres: ['text', 'timestamptz'],
      mysql: ['varchar(20)', 'datetime(3)'],
      sqlite: ['text', 'timestamp'],
    }[system];
    const instant = system === 'mysql' ? 'timestamp(3) null' : (types[1] ?? '');
    await database.run(
      `create table item (id integer primary key, a integer, b ${types[0] ?? ''}, c ${instant}, d decimal(10, 2) not null)`,
    );
    schema = (await database.session.introspect?.(calm)) ?? { tables: [], warnings: [] };
    const made = fc.sample(rowArbitrary, { seed: 7, numRuns: 120 }).map((row, index) => ({ id: index + 1, ...row }));
    rows = await (database.session.tables as TablesCapability).create({ table: 'item', rows: made }, schema, calm);
    expect(rows).toEqual(made);
  });

  afterAll(() => database.drop());

  it('goes on after any row of a page', async () => {
    const tables = database.session.tables as TablesCapability;
    await fc.assert(
      fc.asyncProperty(sortArbitrary, fc.integer({ min: 1, max: 20 }), async (sort, taken) => {
        const seen: Row[] = [];
        let cursor: string | undefined;
        for (;;) {
          const at = cursor === undefined ? {} : { cursor };
          const page = await tables.list({ table: 'item', sort, limit: 20, rowCursors: true, ...at }, schema, calm);
          expect(page.rowCursors).toHaveLength(page.rows.length);
          if (page.rows.length === 0) break;
          seen.push(...page.rows.slice(0, taken));
          cursor = page.rowCursors?.slice(0, taken).at(-1);
        }
        expect(seen).toEqual([...rows].sort((a, b) => compare(sort, a, b)));
      }),
      { numRuns: 15 },
    );
  });

  it('gives the whole list in order, whatever the sort, the filter and the page size', async () => {
    const tables = database.session.tables as TablesCapability;
    await fc.assert(
      fc.asyncProperty(
        sortArbitrary,
        fc.option(filterArbitrary, { nil: undefined }),
        fc.integer({ min: 7, max: 60 }),
        async (sort, filter, limit) => {
          const seen: Row[] = [];
          let cursor: string | undefined;
          do {
            const page = await tables.list(
              {
                table: 'item',
                sort,
                limit,
                ...(filter === undefined ? {} : { filter }),
                ...(cursor === undefined ? {} : { cursor }),
              },
              schema,
              calm,
            );
            seen.push(...page.rows);
            cursor = page.next;
          } while (cursor !== undefined);
          const expected = rows
            .filter((row) => filter === undefined || holds(filter, row))
            .sort((a, b) => compare(sort, a, b));
          expect(seen).toEqual(expected);
        },
      ),
      { numRuns: 120 },
    );
  });
});
