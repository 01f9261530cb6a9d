import { forbiddenKeys, inputError, type Json } from '@fettle/base';
import type { AggregateRequest, ColumnDescription, Measure, SchemaDescription } from '@fettle/sdk';
import type { CompiledStatement, Compiler } from './compiler.ts';
import { shapeFilter } from './condition-shape.ts';
import { compileFilter, ValueCounter } from './filter-sql.ts';
import { always, Fragment, joinFragments, sql } from './fragment.ts';
import type { RowReader } from './row-reader.ts';
import { tableOf } from './schema-index.ts';
import { Aliases, Scope } from './scope.ts';

/** A compiled aggregate. */
export interface AggregatePlan {
  readonly statement: CompiledStatement;
  readonly reader: RowReader;
  readonly limit: number;
}

/** The shape of an aggregate request as text, and its values. */
export function shapeAggregate(
  request: AggregateRequest,
  compiler: Compiler,
): { readonly key: string; readonly values: readonly Json[] } {
  const values: Json[] = [];
  const { arrayParameters } = compiler.dialect.capabilities;
  const { filter, ...rest } = request;
  const filterShape = filter === undefined ? '' : shapeFilter(filter, values, arrayParameters);
  return { key: `${JSON.stringify(rest)}\n${filterShape}`, values };
}

interface Item {
  readonly name: string;
  readonly expression: Fragment;
  readonly column: ColumnDescription;
}

/** Compiles an aggregate request. */
export function compileAggregate(
  compiler: Compiler,
  schema: SchemaDescription,
  request: AggregateRequest,
): AggregatePlan {
  const { limit } = request;
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw refuse('/limit', 'data.limit-invalid', 'The limit is a whole number from 1 to 1000.');
  }
  const scope = new Scope({ compiler, schema, table: tableOf(schema, request.table), aliases: new Aliases() });
  const groups = request.groupBy.map((group, index) => groupItem(scope, group, `/groupBy/${index}`));
  const measures = request.measures.map((measure, index) => measureItem(scope, measure, `/measures/${index}`));
  const items = [...groups, ...measures];
  const names = new Set(items.map((item) => item.name));
  if (items.some(({ name }) => forbiddenKeys.has(name)))
    throw refuse('/measures', 'data.name-reserved', 'A result cannot have this name.');
  if (names.size < items.length) throw refuse('/measures', 'data.name-taken', 'Two results have the same name.');
  if (items.length === 0) throw refuse('/measures', 'data.nothing-asked', 'Name at least one group or measure.');
  const filter =
    request.filter === undefined ? always : compileFilter(scope, request.filter, new ValueCounter(), '/filter');
  const selected = items.map(({ expression, column }) => {
    const reading = compiler.dialect.read(column);
    return reading.expression === undefined ? expression : reading.expression(expression);
  });
  let builder = compiler.knex
    .select(selected.map((item) => compiler.raw(item)))
    .from(compiler.raw(scope.from))
    .limit(limit + 1);
  if (scope.joins.length > 0) builder = builder.joinRaw(compiler.raw(scope.joinText) as never);
  if (filter !== always) builder = builder.whereRaw(compiler.raw(filter) as never);
  for (const group of groups) builder = builder.groupByRaw(compiler.raw(group.expression) as never);
  const order = orderOf(request, items, groups);
  if (order !== undefined) builder = builder.orderByRaw(compiler.raw(order));
  const outputs = items.map(({ name, column }, position) => ({
    name,
    position,
    decode: compiler.dialect.read(column).decode,
  }));
  return { statement: compiler.build(builder), reader: { table: request.table, outputs, ones: [], manys: [] }, limit };
}

function groupItem(scope: Scope, group: AggregateRequest['groupBy'][number], path: string): Item {
  const { column, reference } = scope.resolve(group.column, `${path}/column`);
  if (group.bucket === undefined) return { name: group.column, expression: reference, column };
  const isDate = column.type === 'date' || column.type === 'datetime' || column.type === 'timestamp';
  if (!isDate) {
    throw refuse(
      `${path}/bucket`,
      'data.not-a-date',
      `"${column.name}" (${column.nativeType}) is no date, so it cannot be cut into ${group.bucket}s.`,
    );
  }
  return { name: group.column, expression: scope.compiler.dialect.bucket(reference, group.bucket, column), column };
}

const countColumn: ColumnDescription = {
  name: 'count',
  type: 'integer',
  nativeType: 'bigint',
  nullable: false,
  hasDefault: false,
  generated: false,
};

function measureItem(scope: Scope, measure: Measure, path: string): Item {
  if (measure.function === 'count' && measure.column === undefined) {
    return { name: measure.name, expression: new Fragment('count(*)'), column: countColumn };
  }
  if (measure.column === undefined) {
    throw refuse(`${path}/column`, 'data.column-missing', `"${measure.function}" needs a column.`);
  }
  const { column, reference } = scope.resolve(measure.column, `${path}/column`);
  const isNumber = column.type === 'integer' || column.type === 'decimal' || column.type === 'number';
  switch (measure.function) {
    case 'count':
      return { name: measure.name, expression: sql`count(${reference})`, column: countColumn };
    case 'countDistinct':
      return { name: measure.name, expression: sql`count(distinct ${reference})`, column: countColumn };
    case 'minimum':
      return { name: measure.name, expression: sql`min(${reference})`, column };
    case 'maximum':
      return { name: measure.name, expression: sql`max(${reference})`, column };
    case 'sum':
    case 'average': {
      if (!isNumber) {
        throw refuse(
          `${path}/column`,
          'data.not-a-number',
          `"${column.name}" (${column.nativeType}) is no number, so it has no ${measure.function}.`,
        );
      }
      const expression = scope.compiler.dialect.measureExpression(measure.function, reference, column);
      return { name: measure.name, expression, column: scope.compiler.dialect.measureColumn(measure.function, column) };
    }
  }
}

function orderOf(request: AggregateRequest, items: readonly Item[], groups: readonly Item[]): Fragment | undefined {
  const sorted = (request.sort ?? []).map((sort, index) => {
    const item = items.find((candidate) => candidate.name === sort.column);
    if (item === undefined) {
      throw refuse(
        `/sort/${index}/column`,
        'data.unknown-column',
        `There is no group or measure "${sort.column}" to sort by.`,
      );
    }
    return sql`${item.expression} ${new Fragment(sort.direction === 'descending' ? 'desc' : 'asc')}`;
  });
  // The groups close the order, so that what the limit cuts off is always the same.
  const rest = groups
    .filter((group) => !(request.sort ?? []).some((sort) => sort.column === group.name))
    .map((group) => sql`${group.expression} asc`);
  const all = [...sorted, ...rest];
  return all.length === 0 ? undefined : joinFragments(all, ', ');
}

function refuse(path: string, code: string, message: string) {
  return inputError({ code, message, hint: 'See the guide on aggregates.', problems: [{ path, message, code }] });
}
