import { isFilterGroup, type Filter, type FilterCondition, type FilterOperator } from '@fettle/access';
import type { Json } from '@fettle/base';
import type { ColumnType } from '@fettle/sdk';

/** Where a filter stands in another: indexes of the groups on the way. */
export type FilterPath = readonly number[];

/** How the members of a group are joined. */
export type Join = 'and' | 'or';

/** The members of a group and how they are joined. */
export function readGroup(filter: Filter): { readonly join: Join; readonly members: readonly Filter[] } | undefined {
  if (!isFilterGroup(filter)) return undefined;
  return 'and' in filter ? { join: 'and', members: filter.and } : { join: 'or', members: filter.or };
}

/** A group out of members. */
export function makeGroup(join: Join, members: readonly Filter[]): Filter {
  return join === 'and' ? { and: members } : { or: members };
}

/** The outermost filter as a group, so that conditions can be added to it. */
export function asGroup(filter: Filter | undefined): Filter {
  if (filter === undefined) return { and: [] };
  return isFilterGroup(filter) ? filter : { and: [filter] };
}

/** Changes the filter at a place. Answering `undefined` takes it out. */
export function changeFilter(
  filter: Filter,
  path: FilterPath,
  change: (old: Filter) => Filter | undefined,
): Filter | undefined {
  const [index, ...rest] = path;
  if (index === undefined) return change(filter);
  if ('not' in filter) {
    const inner = changeFilter(filter.not, rest, change);
    return inner === undefined ? undefined : { not: inner };
  }
  if ('relation' in filter) {
    const { filter: inner, ...others } = filter;
    const changed = changeFilter(inner ?? { and: [] }, rest, change);
    return changed === undefined ? others : { ...others, filter: changed };
  }
  const group = readGroup(filter);
  if (group === undefined) return filter;
  const members = group.members.flatMap((member, at) => {
    if (at !== index) return [member];
    const changed = changeFilter(member, rest, change);
    return changed === undefined ? [] : [changed];
  });
  return makeGroup(group.join, members);
}

/** Adds a filter at the end of the group at a place. */
export function addFilter(filter: Filter | undefined, path: FilterPath, added: Filter): Filter {
  const whole = asGroup(filter);
  return (
    changeFilter(whole, path, (old) => {
      const group = readGroup(old) ?? { join: 'and' as const, members: [old] };
      return makeGroup(group.join, [...group.members, added]);
    }) ?? whole
  );
}

/** The filter to keep: nothing when no condition is left; groups without members go. */
export function cleanFilter(filter: Filter | undefined): Filter | undefined {
  if (filter === undefined) return undefined;
  const group = readGroup(filter);
  return group !== undefined && group.members.length === 0 ? undefined : filter;
}

const textOperators = [
  'contains',
  'notContains',
  'equal',
  'notEqual',
  'startsWith',
  'endsWith',
  'oneOf',
  'notOneOf',
  'empty',
  'notEmpty',
] as const;
const orderOperators = [
  'equal',
  'notEqual',
  'less',
  'lessOrEqual',
  'greater',
  'greaterOrEqual',
  'between',
  'oneOf',
  'empty',
  'notEmpty',
] as const;
const choiceOperators = ['equal', 'notEqual', 'oneOf', 'notOneOf', 'empty', 'notEmpty'] as const;

/** The operators that make sense for a column type, the most useful first. */
export function operatorsOf(type: ColumnType | undefined): readonly FilterOperator[] {
  switch (type) {
    case 'integer':
    case 'decimal':
    case 'number':
    case 'date':
    case 'time':
    case 'datetime':
    case 'timestamp':
      return orderOperators;
    case 'boolean':
      return ['equal', 'notEqual', 'empty', 'notEmpty'];
    case 'enum':
    case 'uuid':
      return choiceOperators;
    case 'array':
      return ['containsAny', 'containsAll', 'empty', 'notEmpty'];
    case 'json':
    case 'binary':
      return ['empty', 'notEmpty'];
    default:
      return textOperators;
  }
}

const dateTypes: ReadonlySet<string> = new Set(['date', 'datetime', 'timestamp', 'time']);

const names: Readonly<Record<FilterOperator, string>> = {
  equal: 'is',
  notEqual: 'is not',
  less: 'is less than',
  lessOrEqual: 'is at most',
  greater: 'is more than',
  greaterOrEqual: 'is at least',
  between: 'is between',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  endsWith: 'ends with',
  matches: 'matches',
  oneOf: 'is one of',
  notOneOf: 'is none of',
  containsAny: 'has any of',
  containsAll: 'has all of',
  empty: 'is empty',
  notEmpty: 'is not empty',
};

const dateNames: Partial<Record<FilterOperator, string>> = {
  less: 'is before',
  lessOrEqual: 'is on or before',
  greater: 'is after',
  greaterOrEqual: 'is on or after',
};

/** What an operator is called for a column type. */
export function operatorName(operator: FilterOperator, type: ColumnType | undefined): string {
  return (type !== undefined && dateTypes.has(type) ? dateNames[operator] : undefined) ?? names[operator];
}

/** The shape of the value an operator takes. */
export function valueShape(operator: FilterOperator): 'none' | 'one' | 'pair' | 'list' {
  if (operator === 'empty' || operator === 'notEmpty') return 'none';
  if (operator === 'between') return 'pair';
  return operator === 'oneOf' || operator === 'notOneOf' || operator === 'containsAny' || operator === 'containsAll'
    ? 'list'
    : 'one';
}

/** A condition with another operator; its value takes the shape that one asks for. */
export function withOperator(condition: FilterCondition, operator: FilterOperator): FilterCondition {
  const { value, ...rest } = condition;
  const shape = valueShape(operator);
  if (shape === 'none') return { ...rest, operator };
  return { ...rest, operator, value: reshape(value, shape) };
}

function reshape(value: Json | undefined, shape: 'one' | 'pair' | 'list'): Json {
  const isList = Array.isArray(value);
  const first: Json = (isList ? (value as readonly Json[])[0] : value) ?? '';
  if (shape === 'one') return first;
  // A list may come from a binding as a whole.
  if (shape === 'list')
    return isList || (typeof value === 'string' && value.includes('{{')) ? (value ?? []) : first === '' ? [] : [first];
  return isList ? [first, (value as readonly Json[])[1] ?? ''] : [first, ''];
}

/** A condition on another column: the operator stays when it makes sense there, the value goes. */
export function withColumn(condition: FilterCondition, column: string, type: ColumnType | undefined): FilterCondition {
  const { value: _value, ...rest } = condition;
  const [first = 'equal'] = operatorsOf(type);
  const operator = operatorsOf(type).includes(condition.operator) ? condition.operator : first;
  return withOperator({ ...rest, column, operator }, operator);
}

/** A new condition on a column. It is skipped until it has a value. */
export function newCondition(column: string, type: ColumnType | undefined): FilterCondition {
  const [operator = 'equal'] = operatorsOf(type);
  const condition = withOperator({ column, operator }, operator);
  return 'value' in condition ? { ...condition, optional: true } : condition;
}

/** A condition with a value. The first value makes it hold also when a binding in it is empty, until chosen otherwise. */
export function withValue(condition: FilterCondition, value: Json): FilterCondition {
  const { optional: _old, ...rest } = condition;
  if (isEmptyValue(value)) return { ...rest, value, optional: true };
  return isEmptyValue(condition.value) ? { ...rest, value } : { ...condition, value };
}

function isEmptyValue(value: Json | undefined): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).every((one) => one === '' || one === null);
  return value === undefined || value === null || value === '';
}

/** How many conditions a filter has. */
export function countConditions(filter: Filter | undefined): number {
  if (filter === undefined) return 0;
  const group = readGroup(filter);
  if (group !== undefined) return group.members.reduce((sum, member) => sum + countConditions(member), 0);
  if ('not' in filter) return countConditions(filter.not);
  return 1;
}
