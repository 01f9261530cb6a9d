import { canonicalJson, inputError, isJsonObject, type Json } from '@fettle/base';
import type { FlowActionContext, FlowActionImplementation } from '@fettle/sdk/server';
import { listOf, required, requiredText } from '../required.ts';
import { compareValues, sameValue, valueAt } from './values.ts';

type Settings = FlowActionContext['settings'];
type Operation = (items: readonly Json[], settings: Settings) => readonly Json[];

/** See {@link transformListManifest}. Every operation is linear in the lists, or sorts them once. */
export const action: FlowActionImplementation = {
  run: async ({ settings, signal }) => {
    signal.throwIfAborted();
    const items = listIn(settings['items'], 'Choose a list.');
    const operation = operations[String(settings['operation'] ?? 'filter')] ?? filterItems;
    const result = operation(items, settings);
    return Promise.resolve({ items: result, count: result.length });
  },
};

function listIn(value: unknown, hint: string): readonly Json[] {
  const list = required(value, hint);
  if (Array.isArray(list)) return list as readonly Json[];
  throw inputError({ code: 'action.not-a-list', message: 'This is not a list.', hint });
}

const filterItems: Operation = (items, settings) => {
  const conditions = listOf<{ field: string; operator: string; value?: Json }>(settings['where']);
  return items.filter((item) =>
    conditions.every(({ field, operator, value = null }) => passes(valueAt(item, field), operator, value)),
  );
};

function passes(value: Json, operator: string, wanted: Json): boolean {
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  switch (operator) {
    case 'equal':
      return sameValue(value, wanted);
    case 'notEqual':
      return !sameValue(value, wanted);
    case 'less':
      return !isEmpty && compareValues(value, wanted) < 0;
    case 'lessOrEqual':
      return !isEmpty && compareValues(value, wanted) <= 0;
    case 'greater':
      return !isEmpty && compareValues(value, wanted) > 0;
    case 'greaterOrEqual':
      return !isEmpty && compareValues(value, wanted) >= 0;
    case 'contains':
      return Array.isArray(value)
        ? value.some((one) => sameValue(one as Json, wanted))
        : String(value ?? '')
            .toLowerCase()
            .includes(String(wanted).toLowerCase());
    case 'empty':
      return isEmpty;
    case 'notEmpty':
      return !isEmpty;
    default:
      return false;
  }
}

const operations: Readonly<Record<string, Operation>> = {
  filter: filterItems,

  pick: (items, settings) => {
    const fields = Object.entries(
      required(settings['fields'], 'Say which fields are picked.') as Record<string, string>,
    );
    return items.map((item) => Object.fromEntries(fields.map(([name, source]) => [name, valueAt(item, source)])));
  },

  sort: (items, settings) => {
    const order = listOf<{ column: string; direction: string }>(settings['sort']);
    return items.toSorted((a, b) => {
      for (const { column, direction } of order) {
        const difference = compareValues(valueAt(a, column), valueAt(b, column));
        if (difference !== 0) return direction === 'descending' ? -difference : difference;
      }
      return 0;
    });
  },

  group: (items, settings) => {
    const by = listOf<string>(settings['by']);
    const sums = listOf<string>(settings['sums']);
    const groups = new Map<string, Json[]>();
    for (const item of items) {
      const key = keyOf(item, by);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
    return [...groups.values()].map((members) => ({
      ...Object.fromEntries(by.map((field) => [field, valueAt(members[0] ?? null, field)])),
      count: members.length,
      ...Object.fromEntries(sums.map((field) => [`${field}Sum`, sumOf(members, field)])),
      items: members,
    }));
  },

  unique: (items, settings) => {
    const by = listOf<string>(settings['by']);
    const seen = new Set<string>();
    return items.filter((item) => {
      const key = by.length === 0 ? canonicalJson(item) : keyOf(item, by);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  },

  join: (items, settings) => {
    const others = listIn(settings['other'], 'Choose the list to join with.');
    const left = requiredText(settings['leftField'], 'Name the field of this list.');
    const right = requiredText(settings['rightField'], 'Name the field of the other list.');
    const index = new Map<string, Json[]>();
    for (const other of others) {
      const key = String(valueAt(other, right));
      const found = index.get(key);
      if (found === undefined) index.set(key, [other]);
      else found.push(other);
    }
    return items.flatMap((item) => {
      const value = valueAt(item, left);
      const matches = value === null ? [] : (index.get(String(value)) ?? []);
      if (matches.length === 0) return settings['keep'] === 'all' ? [item] : [];
      return matches.map((match) => ({ ...asObject(match), ...asObject(item) }));
    });
  },
};

function keyOf(item: Json, by: readonly string[]): string {
  return canonicalJson(by.map((field) => valueAt(item, field)));
}

function sumOf(items: readonly Json[], field: string): number {
  return items.reduce<number>((sum, item) => sum + (Number(valueAt(item, field)) || 0), 0);
}

function asObject(value: Json): Readonly<Record<string, Json>> {
  return isJsonObject(value) ? value : { value };
}
