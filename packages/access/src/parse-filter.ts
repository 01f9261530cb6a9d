import { fail, forbiddenKeys, isJsonObject, ok, type Json, type Problem, type Result } from '@fettle/base';
import { filterOperators, type Filter, type FilterCondition, type FilterOperator } from './filter.ts';

/** How large a filter may be. */
export const filterLimits = { depth: 12, conditions: 200, listItems: 1000, textLength: 10_000 } as const;

const operators: ReadonlySet<string> = new Set(filterOperators);
const listOperators: ReadonlySet<FilterOperator> = new Set(['oneOf', 'notOneOf', 'containsAny', 'containsAll']);
const textOperators: ReadonlySet<FilterOperator> = new Set([
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'matches',
]);
const noValueOperators: ReadonlySet<FilterOperator> = new Set(['empty', 'notEmpty']);

/**
 * Checks that untrusted data is a filter: allow-listed keys and operators, values of the operator's shape, bounded
 * depth and size. Binding texts (`{{ }}`) are accepted as values, so the same check serves definitions and requests.
 */
export function parseFilter(input: unknown, path = ''): Result<Filter, readonly Problem[]> {
  const reader = new FilterReader();
  const filter = reader.read(input, path, 1);
  if (filter === undefined || reader.problems.length > 0) return fail(reader.problems);
  return ok(filter);
}

class FilterReader {
  readonly problems: Problem[] = [];
  #conditions = 0;

  read(input: unknown, path: string, depth: number): Filter | undefined {
    if (depth > filterLimits.depth) {
      return this.#refuse(path, `A filter can be nested ${filterLimits.depth} levels deep at most.`);
    }
    if (!isJsonObject(input)) return this.#refuse(path, 'A filter is an object.');
    if ('and' in input || 'or' in input) return this.#readGroup(input, path, depth);
    if ('not' in input) {
      if (!this.#allowKeys(input, ['not'], path)) return undefined;
      const inner = this.read(input['not'], `${path}/not`, depth + 1);
      return inner && { not: inner };
    }
    if ('relation' in input) return this.#readRelation(input, path, depth);
    return this.#readCondition(input, path);
  }

  #readGroup(input: Readonly<Record<string, unknown>>, path: string, depth: number): Filter | undefined {
    const key = 'and' in input ? 'and' : 'or';
    if (!this.#allowKeys(input, [key], path)) return undefined;
    const items = input[key];
    if (!Array.isArray(items)) return this.#refuse(`${path}/${key}`, `"${key}" is a list of filters.`);
    const filters: Filter[] = [];
    for (const [index, item] of items.entries()) {
      const filter = this.read(item, `${path}/${key}/${index}`, depth + 1);
      if (filter === undefined) return undefined;
      filters.push(filter);
    }
    return key === 'and' ? { and: filters } : { or: filters };
  }

  #readRelation(input: Readonly<Record<string, unknown>>, path: string, depth: number): Filter | undefined {
    if (!this.#allowKeys(input, ['relation', 'match', 'filter'], path)) return undefined;
    const { relation, match, filter } = input;
    if (!isColumnName(relation)) return this.#refuse(`${path}/relation`, 'Name a relation of the table.');
    if (match !== 'some' && match !== 'none' && match !== 'every') {
      return this.#refuse(`${path}/match`, '"match" is some, none or every.');
    }
    if (filter === undefined) return { relation, match };
    const inner = this.read(filter, `${path}/filter`, depth + 1);
    return inner && { relation, match, filter: inner };
  }

  #readCondition(input: Readonly<Record<string, unknown>>, path: string): FilterCondition | undefined {
    if (!this.#allowKeys(input, ['column', 'operator', 'value', 'optional'], path)) return undefined;
    this.#conditions += 1;
    if (this.#conditions > filterLimits.conditions) {
      return this.#refuse(path, `A filter can hold ${filterLimits.conditions} conditions at most.`);
    }
    const { column, operator, value, optional } = input;
    if (!isColumnName(column)) return this.#refuse(`${path}/column`, 'Name a column of the table.');
    if (typeof operator !== 'string' || !operators.has(operator)) {
      return this.#refuse(`${path}/operator`, `Use one of: ${filterOperators.join(', ')}.`);
    }
    if (optional !== undefined && typeof optional !== 'boolean') {
      return this.#refuse(`${path}/optional`, '"optional" is true or false.');
    }
    const known = operator as FilterOperator;
    const complaint = complainAboutValue(known, value);
    if (complaint !== undefined) return this.#refuse(`${path}/value`, complaint);
    return {
      column,
      operator: known,
      ...(value === undefined ? {} : { value: value as Json }),
      ...(optional === undefined ? {} : { optional }),
    };
  }

  #allowKeys(input: object, keys: readonly string[], path: string): boolean {
    const extra = Object.keys(input).find((key) => !keys.includes(key));
    if (extra !== undefined) this.#refuse(`${path}/${extra}`, `"${extra}" does not belong here.`);
    return extra === undefined;
  }

  #refuse(path: string, message: string): undefined {
    this.problems.push({ path, message, code: 'filter.invalid' });
    return undefined;
  }
}

function complainAboutValue(operator: FilterOperator, value: unknown): string | undefined {
  if (noValueOperators.has(operator)) {
    return value === undefined || value === null ? undefined : `"${operator}" takes no value.`;
  }
  const isBinding = typeof value === 'string' && value.includes('{{');
  if (isBinding) return undefined;
  if (operator === 'between') {
    const isPair = Array.isArray(value) && value.length === 2 && value.every(isScalar);
    return isPair ? undefined : '"between" takes a list of two values.';
  }
  if (listOperators.has(operator)) {
    if (!Array.isArray(value) || !value.every(isScalar)) return `"${operator}" takes a list of values.`;
    return value.length <= filterLimits.listItems
      ? undefined
      : `A list can hold ${filterLimits.listItems} values at most.`;
  }
  if (textOperators.has(operator)) {
    return value === undefined || value === null || isScalar(value) ? undefined : `"${operator}" takes a text.`;
  }
  return value === undefined || isScalar(value) ? undefined : `"${operator}" takes a single value.`;
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= filterLimits.textLength;
  return value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}

function isColumnName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= 260 &&
    !value.split('.').some((part) => forbiddenKeys.has(part))
  );
}
