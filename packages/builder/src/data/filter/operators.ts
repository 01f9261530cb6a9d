import type { FilterOperator } from '@fettle/access';
import type { ColumnDescription, ColumnType } from '@fettle/sdk';

/** What an operator wants beside the column. */
export type OperandShape = 'none' | 'one' | 'two' | 'list';

/** Words and shape of the operators. */
export const operatorWords: Readonly<
  Record<FilterOperator, { readonly label: string; readonly operand: OperandShape }>
> = {
  equal: { label: 'is', operand: 'one' },
  notEqual: { label: 'is not', operand: 'one' },
  less: { label: 'is less than', operand: 'one' },
  lessOrEqual: { label: 'is at most', operand: 'one' },
  greater: { label: 'is more than', operand: 'one' },
  greaterOrEqual: { label: 'is at least', operand: 'one' },
  between: { label: 'is between', operand: 'two' },
  contains: { label: 'contains', operand: 'one' },
  notContains: { label: 'does not contain', operand: 'one' },
  startsWith: { label: 'starts with', operand: 'one' },
  endsWith: { label: 'ends with', operand: 'one' },
  matches: { label: 'matches pattern', operand: 'one' },
  oneOf: { label: 'is one of', operand: 'list' },
  notOneOf: { label: 'is none of', operand: 'list' },
  containsAny: { label: 'has any of', operand: 'list' },
  containsAll: { label: 'has all of', operand: 'list' },
  empty: { label: 'is empty', operand: 'none' },
  notEmpty: { label: 'is not empty', operand: 'none' },
};

const momentWords: Readonly<Partial<Record<FilterOperator, string>>> = {
  less: 'is before',
  lessOrEqual: 'is at or before',
  greater: 'is after',
  greaterOrEqual: 'is at or after',
};

const textOperators: readonly FilterOperator[] = [
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
];
const orderedOperators: readonly FilterOperator[] = [
  'equal',
  'notEqual',
  'less',
  'lessOrEqual',
  'greater',
  'greaterOrEqual',
  'between',
  'oneOf',
  'notOneOf',
  'empty',
  'notEmpty',
];
const momentOperators: readonly FilterOperator[] = [
  'equal',
  'less',
  'lessOrEqual',
  'greater',
  'greaterOrEqual',
  'between',
  'empty',
  'notEmpty',
];
const choiceOperators: readonly FilterOperator[] = ['oneOf', 'notOneOf', 'equal', 'notEqual', 'empty', 'notEmpty'];
const listOperators: readonly FilterOperator[] = ['containsAny', 'containsAll', 'empty', 'notEmpty'];

const operatorsOfType: Readonly<Record<ColumnType, readonly FilterOperator[]>> = {
  text: textOperators,
  longText: textOperators,
  uuid: ['equal', 'notEqual', 'oneOf', 'notOneOf', 'empty', 'notEmpty'],
  enum: choiceOperators,
  integer: orderedOperators,
  decimal: orderedOperators,
  number: orderedOperators,
  boolean: ['equal', 'notEqual', 'empty', 'notEmpty'],
  date: momentOperators,
  time: momentOperators,
  datetime: momentOperators,
  timestamp: momentOperators,
  json: ['empty', 'notEmpty'],
  array: listOperators,
  binary: ['empty', 'notEmpty'],
  unknown: ['empty', 'notEmpty'],
};

/** The operators that make sense for a column, the usual one first. */
export function operatorsOf(
  column: Pick<ColumnDescription, 'type' | 'meaning' | 'options'>,
): readonly FilterOperator[] {
  if (column.meaning === 'multiSelect') return listOperators;
  if (column.options !== undefined) return choiceOperators;
  return operatorsOfType[column.type];
}

/** An operator in words, for the type of its column. */
export function operatorLabel(operator: FilterOperator, type: ColumnType): string {
  const isMoment = type === 'date' || type === 'time' || type === 'datetime' || type === 'timestamp';
  return (isMoment ? momentWords[operator] : undefined) ?? operatorWords[operator].label;
}
