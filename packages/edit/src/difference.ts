import { isJsonObject, jsonEquals } from '@fettle/base';
import type { App } from '@fettle/definition';
import type { Command } from './command-table.ts';
import type { Patch } from './commands/patch-apply.ts';

/** Keys that a patch can name: longer ones are changed with what holds them. */
const longestKey = 300;
const deepest = 60;

/**
 * The one command that turns an app into another: it changes what differs, place by place, and nothing else, so that
 * it can be undone, kept and rebased like any other edit. Undefined when they are equal.
 */
export function differenceOf(before: App, after: App): Command | undefined {
  const patches: Patch[] = [];
  collect(before, after, [], patches);
  return patches.length === 0 ? undefined : { type: 'patch.apply', patches };
}

function collect(before: unknown, after: unknown, path: readonly string[], patches: Patch[]): void {
  if (jsonEquals(before, after)) return;
  if (!isJsonObject(before) || !isJsonObject(after) || path.length >= deepest || !canName(before, after)) {
    patches.push({ op: 'replace', path: [...path], value: after });
    return;
  }
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const place = [...path, key];
    if (after[key] === undefined) {
      if (before[key] !== undefined) patches.push({ op: 'remove', path: place });
    } else if (before[key] === undefined) patches.push({ op: 'add', path: place, value: after[key] });
    else collect(before[key], after[key], place, patches);
  }
}

function canName(...objects: readonly object[]): boolean {
  return objects.every((object) => Object.keys(object).every((key) => key.length <= longestKey));
}
