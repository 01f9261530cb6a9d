import { hasBinding } from '@fettle/expression';
import { choicesOf, type SettingItem } from '../../fields/setting-list.ts';

const plainTypes = new Set(['string', 'number', 'integer', 'boolean']);

/** True when the setting may hold a binding besides its own editor. Settings that are expressions have no other editor. */
export function canBind(item: SettingItem): boolean {
  const { hint, schema } = item;
  if (hint.bindable !== undefined) return hint.bindable && hint.editor !== 'expression';
  if (hint.editor === 'expression' || hint.editor === 'sql') return false;
  // A value of any shape may come from a binding as a whole.
  if (hint.editor === 'json' && schema.type === undefined) return true;
  return plainTypes.has(schema.type ?? '') || choicesOf(schema) !== undefined || isPlainUnion(item);
}

function isPlainUnion({ schema }: SettingItem): boolean {
  return schema.anyOf?.every((part) => plainTypes.has(part.type ?? '')) === true;
}

/** True for a text with `{{ }}`. */
export function holdsBinding(value: unknown): value is string {
  return typeof value === 'string' && hasBinding(value);
}

/** What the binding editor starts from when a fixed value becomes a binding: a text is worth keeping, a number is not. */
export function startOfBinding(value: unknown): string {
  return typeof value === 'string' && value !== '' ? `{{ ${JSON.stringify(value)} }}` : '{{  }}';
}
