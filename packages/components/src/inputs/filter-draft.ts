import type { Json } from '@fettle/base';
import type { RelationDescription, TableDescription } from '@fettle/sdk';
import type { TablePlace } from '@fettle/sdk/react';
import type { Filter, FilterCondition, FilterOperator } from './filter-types.ts';
import { isEmptyValue } from './check-value.ts';
import type { ValueKind } from './value-kind.ts';

/** Something people can filter by. */
export interface FilterField {
  /** A column or `relation.column`. */
  readonly path: string;
  readonly label: string;
  readonly kind: ValueKind;
  readonly options?: readonly string[];
  /** The column holds the key of a row of this table. */
  readonly relation?: {
    readonly place: TablePlace;
    readonly description: RelationDescription;
    readonly other: TableDescription;
  };
}

/** One line of the filter builder, finished or not. */
export interface DraftCondition {
  readonly id: string;
  readonly path: string;
  readonly operator: FilterOperator;
  readonly value?: Json;
  /** What the chip shows instead of the value: the label of a related row. */
  readonly valueLabel?: string;
}

/** What a person built with the filter builder. */
export interface FilterDraft {
  readonly match: 'all' | 'any';
  readonly conditions: readonly DraftCondition[];
}

/** No conditions. */
export const emptyDraft: FilterDraft = { match: 'all', conditions: [] };

/** An operator with the words a person reads. `takes` tells which input it needs. */
export interface OperatorChoice {
  readonly operator: FilterOperator;
  readonly label: string;
  readonly takes: 'one' | 'pair' | 'list' | 'nothing';
}

const choice = (operator: FilterOperator, label: string, takes: OperatorChoice['takes'] = 'one'): OperatorChoice => ({
  operator,
  label,
  takes,
});

const emptiness = [choice('empty', 'is empty', 'nothing'), choice('notEmpty', 'is not empty', 'nothing')];
const textual = [
  choice('contains', 'contains'),
  choice('notContains', 'does not contain'),
  choice('equal', 'is'),
  choice('notEqual', 'is not'),
  choice('startsWith', 'begins with'),
  choice('endsWith', 'ends with'),
  ...emptiness,
];
const numeric = [
  choice('equal', '='),
  choice('notEqual', '≠'),
  choice('less', '<'),
  choice('lessOrEqual', '≤'),
  choice('greater', '>'),
  choice('greaterOrEqual', '≥'),
  choice('between', 'is between', 'pair'),
  ...emptiness,
];
const days = [
  choice('equal', 'is on'),
  choice('notEqual', 'is not on'),
  choice('less', 'is before'),
  choice('greater', 'is after'),
  choice('lessOrEqual', 'is on or before'),
  choice('greaterOrEqual', 'is on or after'),
  choice('between', 'is between', 'pair'),
  ...emptiness,
];
const moments = [
  choice('greaterOrEqual', 'is from'),
  choice('less', 'is before'),
  choice('between', 'is between', 'pair'),
  ...emptiness,
];
const single = [
  choice('equal', 'is'),
  choice('notEqual', 'is not'),
  choice('oneOf', 'is one of', 'list'),
  choice('notOneOf', 'is none of', 'list'),
  ...emptiness,
];
const several = [
  choice('containsAny', 'has any of', 'list'),
  choice('containsAll', 'has all of', 'list'),
  ...emptiness,
];
const linked = [choice('equal', 'is'), choice('notEqual', 'is not'), ...emptiness];

const byKind: Partial<Record<ValueKind, readonly OperatorChoice[]>> = {
  integer: numeric,
  decimal: numeric,
  number: numeric,
  date: days,
  time: numeric,
  datetime: moments,
  timestamp: moments,
  boolean: [choice('equal', 'is'), ...emptiness],
  select: single,
  multiSelect: several,
  json: emptiness,
  file: emptiness,
  list: emptiness,
  opaque: emptiness,
};

/** The operators that make sense for a field, the usual one first. */
export function operatorsFor(field: Pick<FilterField, 'kind' | 'relation'>): readonly OperatorChoice[] {
  return field.relation === undefined ? (byKind[field.kind] ?? textual) : linked;
}

/** The operator of a condition with its words. */
export function operatorOf(field: FilterField, operator: FilterOperator): OperatorChoice {
  const choices = operatorsFor(field);
  return choices.find((candidate) => candidate.operator === operator) ?? (choices[0] as OperatorChoice);
}

/** True when the condition can be applied. */
export function isComplete(condition: DraftCondition, field: FilterField): boolean {
  const { takes } = operatorOf(field, condition.operator);
  if (takes === 'nothing') return true;
  if (takes === 'pair')
    return Array.isArray(condition.value) && condition.value.length === 2 && !condition.value.some(isEmptyValue);
  return !isEmptyValue(condition.value);
}

/** The filter that a draft stands for; undefined when nothing in it is complete. */
export function draftToFilter(draft: FilterDraft, fields: readonly FilterField[]): Filter | undefined {
  const conditions = draft.conditions.flatMap((condition): readonly FilterCondition[] => {
    const field = fields.find((candidate) => candidate.path === condition.path);
    if (field === undefined || !isComplete(condition, field)) return [];
    const { takes } = operatorOf(field, condition.operator);
    return [
      {
        column: condition.path,
        operator: condition.operator,
        ...(takes === 'nothing' || condition.value === undefined ? {} : { value: condition.value }),
      },
    ];
  });
  if (conditions.length === 0) return undefined;
  return draft.match === 'all' ? { and: conditions } : { or: conditions };
}

/** Reads a filter back into a draft, as far as one level of conditions can say it. */
export function filterToDraft(filter: Filter | undefined): FilterDraft | undefined {
  if (filter === undefined) return emptyDraft;
  if ('operator' in filter) return filterToDraft({ and: [filter] });
  const items = 'and' in filter ? filter.and : 'or' in filter ? filter.or : undefined;
  if (items === undefined) return undefined;
  const conditions: DraftCondition[] = [];
  for (const [index, item] of items.entries()) {
    if (!('operator' in item)) return undefined;
    conditions.push({
      id: `given${index}`,
      path: item.column,
      operator: item.operator,
      ...(item.value === undefined ? {} : { value: item.value }),
    });
  }
  return { match: 'or' in filter ? 'any' : 'all', conditions };
}

/** Joins filters; undefined ones are left out. */
export function joinFilters(filters: readonly (Filter | undefined)[]): Filter | undefined {
  const given = filters.filter((filter) => filter !== undefined);
  return given.length < 2 ? given[0] : { and: given };
}

/** True when an unknown value looks like a filter: what a binding hands over. */
export function isFilter(value: unknown): value is Filter {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return ['and', 'or', 'not', 'relation', 'operator'].some((key) => key in value);
}
