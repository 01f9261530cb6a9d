import { Type, type Static } from 'typebox';
import type { Json } from '@fettle/base';

/** Comparison operators of a filter condition. Each connector maps all of them or declares what it lacks. */
export const filterOperators = [
  'equal',
  'notEqual',
  'less',
  'lessOrEqual',
  'greater',
  'greaterOrEqual',
  'between',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'matches',
  'oneOf',
  'notOneOf',
  'containsAny',
  'containsAll',
  'empty',
  'notEmpty',
] as const;

/** One of {@link filterOperators}. */
export type FilterOperator = (typeof filterOperators)[number];

/**
 * A comparison of one column. `column` is a column of the table, or `relation.column` through a to-one relation.
 * `value` is absent for `empty`/`notEmpty`, a pair for `between`, a list for `oneOf`, `notOneOf`, `containsAny`
 * and `containsAll`. `equal`/`notEqual` with null mean "is (not) null". Text operators ignore case; `matches` knows `*`
 * (any text) and `?` (one character). A condition is true or false, never unknown: `notEqual`, `notContains` and `notOneOf`
 * are true for null. Null as an end of `between` leaves that end open.
 */
export interface FilterCondition {
  readonly column: string;
  readonly operator: FilterOperator;
  readonly value?: Json;
  /** Skip this condition when its value is null, an empty text or an empty list: for conditions fed by inputs. */
  readonly optional?: boolean;
}

/** Rows that have some, no, or only related rows matching `filter`. */
export interface RelationFilter {
  readonly relation: string;
  readonly match: 'some' | 'none' | 'every';
  readonly filter?: Filter;
}

/** A row filter as data: conditions joined by and, or, not. The empty `and` matches every row. */
export type Filter =
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }
  | RelationFilter
  | FilterCondition;

/**
 * JSON Schema of {@link Filter} for documents and OpenAPI. It is deliberately open: `parseFilter` checks the
 * recursive shape with a depth limit and exact paths, which a recursive JSON Schema cannot.
 */
export const filterSchema = Type.Unsafe<Filter>({ type: 'object', description: 'A row filter; see the filter guide.' });

/** Direction of one sort column. */
export const sortSchema = Type.Object(
  {
    column: Type.String({ minLength: 1, maxLength: 260 }),
    direction: Type.Union([Type.Literal('ascending'), Type.Literal('descending')]),
  },
  { additionalProperties: false },
);

/** One sort column: a column of the table, or `relation.column` through a to-one relation. */
export type Sort = Static<typeof sortSchema>;

/** True for the joined forms, which hold other filters. */
export function isFilterGroup(
  filter: Filter,
): filter is { readonly and: readonly Filter[] } | { readonly or: readonly Filter[] } {
  return 'and' in filter || 'or' in filter;
}

/** Every column path a filter reads, relation filters written as `relation.column`. */
export function filterColumns(filter: Filter): readonly string[] {
  if ('and' in filter) return filter.and.flatMap(filterColumns);
  if ('or' in filter) return filter.or.flatMap(filterColumns);
  if ('not' in filter) return filterColumns(filter.not);
  if ('relation' in filter) {
    const inner = filter.filter === undefined ? [] : filterColumns(filter.filter);
    return [filter.relation, ...inner.map((column) => `${filter.relation}.${column}`)];
  }
  return [filter.column];
}
