import type { Filter, FilterCondition, FilterOperator } from '@fettle/access';
import type { Json } from '@fettle/base';
import type { ColumnDescription } from '@fettle/sdk';
import type { FilterColumn } from './filter-columns.ts';
import { draftOf, valueOf } from '../rows/cell-draft.ts';
import { operatorLabel, operatorsOf, operatorWords } from './operators.ts';

/** A condition as it is being edited: its operands as texts. */
export interface ConditionDraft {
  readonly column: string;
  readonly operator: FilterOperator;
  readonly operands: readonly string[];
}

/** The filter of a table view: conditions that all or any must hold. */
export interface FilterDraft {
  readonly join: 'and' | 'or';
  readonly conditions: readonly ConditionDraft[];
}

/** No filter. */
export const noFilter: FilterDraft = { join: 'and', conditions: [] };

type Columns = readonly FilterColumn[];

/** A new condition on a column, with the operator most often wanted. */
export function startCondition(column: ColumnDescription): ConditionDraft {
  return { column: column.name, operator: operatorsOf(column)[0] ?? 'notEmpty', operands: [] };
}

/** The condition with another column; what fits both stays. */
export function changeColumn(condition: ConditionDraft, column: ColumnDescription): ConditionDraft {
  const isKept = operatorsOf(column).includes(condition.operator);
  return isKept ? { ...condition, column: column.name, operands: [] } : startCondition(column);
}

/** The condition with another operator; operands stay as far as there is room. */
export function changeOperator(condition: ConditionDraft, operator: FilterOperator): ConditionDraft {
  const room = { none: 0, one: 1, two: 2, list: Infinity }[operatorWords[operator].operand];
  return { ...condition, operator, operands: condition.operands.slice(0, room) };
}

/** What is still missing or wrong in a condition; undefined when it can be used. */
export function complaintAbout(condition: ConditionDraft, columns: Columns): string | undefined {
  const built = buildCondition(condition, columns);
  return typeof built === 'string' ? built : undefined;
}

/** The filter of a draft. Conditions that are not complete are left out. */
export function filterOf(draft: FilterDraft, columns: Columns): Filter | undefined {
  const conditions = draft.conditions.flatMap((condition) => {
    const built = buildCondition(condition, columns);
    const column = columns.find(({ name }) => name === condition.column);
    return typeof built === 'string' ? [] : [throughRelation(built, column)];
  });
  const [first] = conditions;
  if (first === undefined) return undefined;
  if (conditions.length === 1) return first;
  return draft.join === 'and' ? { and: conditions } : { or: conditions };
}

/** A link to one row is followed by the condition itself; of many rows, at least one must fit. */
function throughRelation(condition: FilterCondition, column: FilterColumn | undefined): Filter {
  if (column?.relation?.kind !== 'many') return condition;
  const inner = { ...condition, column: condition.column.slice(column.relation.name.length + 1) };
  return { relation: column.relation.name, match: 'some', filter: inner };
}

/** A condition in words: `Status is one of open, new`. */
export function describeCondition(condition: ConditionDraft, columns: Columns): string {
  const column = columns.find(({ name }) => name === condition.column);
  const words = operatorLabel(condition.operator, column?.type ?? 'text');
  const operands = condition.operands.map((operand) =>
    operand === '' ? '…' : operand.replace('T', column?.type === 'timestamp' ? ' ' : 'T'),
  );
  const joined = condition.operator === 'between' ? operands.join(' and ') : operands.join(', ');
  const isAny = column?.relation?.kind === 'many';
  return `${isAny ? 'any ' : ''}${condition.column} ${words}${joined === '' ? '' : ` ${joined}`}`;
}

function buildCondition(condition: ConditionDraft, columns: Columns): FilterCondition | string {
  const { operator } = condition;
  const column = columns.find(({ name }) => name === condition.column);
  if (column === undefined) return 'The column is gone.';
  const { operand } = operatorWords[operator];
  if (operand === 'none') return { column: column.name, operator };
  const given = condition.operands.filter((text) => text !== '');
  if (given.length === 0) return 'Give a value.';
  const values: Json[] = [];
  for (const text of operand === 'two' ? condition.operands : given) {
    if (text === '') {
      values.push(null);
      continue;
    }
    const value = operandValue(column, operator, text);
    if (!value.ok) return value.error;
    values.push(value.value);
  }
  if (operand === 'two') return { column: column.name, operator, value: [values[0] ?? null, values[1] ?? null] };
  return { column: column.name, operator, value: operand === 'list' ? values : (values[0] ?? null) };
}

function operandValue(column: ColumnDescription, operator: FilterOperator, text: string) {
  const isPart = operator === 'containsAny' || operator === 'containsAll';
  const type = isPart ? (column.itemType ?? 'text') : column.type;
  return valueOf({ ...column, type, nullable: true }, text);
}

/** A condition that holds for the rows with exactly these values. */
export function conditionFor(column: ColumnDescription, value: Json): ConditionDraft {
  return { column: column.name, operator: 'equal', operands: [String(draftOf(column, value) ?? '')] };
}
