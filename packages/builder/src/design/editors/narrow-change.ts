import { isJsonObject, jsonEquals } from '@fettle/base';
import { joinPath } from './form-place.ts';

/** The smallest change that turns one value into another: a place and its new value, or a place that goes away. */
export type Narrowed =
  | { readonly path: string; readonly value: unknown }
  | { readonly path: string; readonly isRemoved: true };

/**
 * Narrows the change of a setting down to the place that differs, so that an edit of one column's label touches that
 * label alone. Undefined when nothing differs.
 */
export function narrowChange(path: string, before: unknown, after: unknown): Narrowed | undefined {
  if (jsonEquals(before, after)) return undefined;
  if (after === undefined) return { path, isRemoved: true };
  if (Array.isArray(before) && Array.isArray(after)) return narrowList(path, before, after);
  if (isJsonObject(before) && isJsonObject(after)) return narrowObject(path, before, after);
  return { path, value: after };
}

function narrowList(path: string, before: readonly unknown[], after: readonly unknown[]): Narrowed {
  if (before.length === after.length) {
    const changed = after.flatMap((item, index) => (jsonEquals(item, before[index]) ? [] : [index]));
    const [index] = changed;
    if (changed.length === 1 && index !== undefined) {
      return narrowChange(joinPath(path, String(index)), before[index], after[index]) ?? { path, value: after };
    }
  }
  if (before.length === after.length + 1) {
    const index = before.findIndex((item, at) => !jsonEquals(item, after[at]));
    const isRest = before.slice(index + 1).every((item, at) => jsonEquals(item, after[index + at]));
    if (isRest && after.length > 0) return { path: joinPath(path, String(index)), isRemoved: true };
  }
  return { path, value: after };
}

function narrowObject(
  path: string,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Narrowed {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !jsonEquals(before[key], after[key]),
  );
  const [key] = keys;
  if (keys.length !== 1 || key === undefined || Object.keys(after).length === 0) return { path, value: after };
  return narrowChange(joinPath(path, key), before[key], after[key]) ?? { path, value: after };
}

/** True when the change is one of typing: consecutive ones are a single step to undo. */
export function isTyping(change: Narrowed): boolean {
  return 'value' in change && (typeof change.value === 'string' || typeof change.value === 'number');
}
