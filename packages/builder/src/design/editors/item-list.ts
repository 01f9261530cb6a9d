import { createShortId } from '@fettle/base';
import { choicesOf, listSettings, type SettingSchema } from '../../fields/setting-list.ts';

/** An entry of a list of objects. */
export type Item = Readonly<Record<string, unknown>>;

/** True for a list whose entries are objects with known members. */
export function isItemList(schema: SettingSchema): boolean {
  return schema.type === 'array' && schema.items?.properties !== undefined;
}

/** The list with an entry moved to another place. */
export function moveItem<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const target = Math.max(0, Math.min(items.length - 1, to));
  const moved = items[from];
  if (moved === undefined || from === target) return items;
  const rest = items.filter((_, index) => index !== from);
  return [...rest.slice(0, target), moved, ...rest.slice(target)];
}

/** The list without an entry. */
export function removeItem<T>(items: readonly T[], index: number): readonly T[] {
  return items.filter((_, at) => at !== index);
}

/** The list with a copy of an entry right after it; a copy gets its own id. */
export function duplicateItem(items: readonly Item[], index: number): readonly Item[] {
  const original = items[index];
  if (original === undefined) return items;
  const copy = structuredClone(original) as Item;
  return [
    ...items.slice(0, index + 1),
    'id' in copy ? { ...copy, id: createShortId('item') } : copy,
    ...items.slice(index + 1),
  ];
}

/** The list with a member of an entry changed; `undefined` takes the member away. */
export function changeItem(items: readonly Item[], index: number, name: string, value: unknown): readonly Item[] {
  return items.map((item, at) => {
    if (at !== index) return item;
    const { [name]: _old, ...rest } = item;
    return value === undefined ? rest : { ...item, [name]: value };
  });
}

/** A new entry: an id, and a value for every member that must have one. */
export function newItem(schema: SettingSchema | undefined, given: Item = {}): Item {
  const entries = listSettings(schema ?? {}).flatMap((member) => {
    if (Object.hasOwn(given, member.name)) return [];
    if (member.name === 'id' && member.schema.type === 'string') return [['id', createShortId('item')] as const];
    if (!member.isRequired || member.defaultValue !== undefined) return [];
    const value = emptyValue(member.schema, member.title);
    return value === undefined ? [] : [[member.name, value] as const];
  });
  return { ...Object.fromEntries(entries), ...given };
}

function emptyValue(schema: SettingSchema, title: string): unknown {
  const [choice] = choicesOf(schema) ?? [];
  if (choice !== undefined) return choice.value;
  switch (schema.type) {
    case 'string':
      return schema.ui?.editor === undefined ? title : '';
    case 'boolean':
      return false;
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return undefined;
  }
}

/** What a list shows of an entry. */
export function titleOfItem(item: Item, index: number, noun = 'Entry'): string {
  for (const name of ['label', 'title', 'name', 'column', 'value', 'text', 'function', 'condition', 'equals']) {
    const value = item[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return `${noun} ${index + 1}`;
}

/** The members of an entry that a person sets: its id is not one of them. */
export function visibleSchema(schema: SettingSchema): SettingSchema {
  const { id: _id, ...properties } = schema.properties ?? {};
  return { ...schema, properties };
}
