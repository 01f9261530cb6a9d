import type { ArrayNode, ObjectNode } from '../syntax/node.ts';
import { compile } from './compile.ts';
import type { Compilation, Evaluate } from './compile.ts';
import { toKey } from './conversions.ts';
import type { Run } from './run.ts';
import { createRecord, held, memberKeys, putMember, readMember, safe } from './values.ts';

/** Compiles `[a, ...b]`. */
export function compileArray(node: ArrayNode, context: Compilation): Evaluate {
  const items = node.items.map((item) => ({
    spread: item.kind === 'spread',
    value: compile(item.kind === 'spread' ? item.value : item, context),
  }));
  return (run) => {
    const list: unknown[] = [];
    for (const { spread, value } of items) {
      if (spread) spreadInto(run, list, value(run));
      else list.push(held(run, value(run)));
    }
    return list;
  };
}

/** Appends the items of a list, or the characters of a text; nothing for nothing. */
export function spreadInto(run: Run, list: unknown[], value: unknown): void {
  if (value === null || value === undefined) return;
  if (typeof value !== 'string' && !Array.isArray(value)) {
    throw run.error(
      'expression.not-a-list',
      'Only a list or a text can be spread with "...".',
      'Use values(object) or entries(object).',
    );
  }
  run.allowList(list.length + value.length);
  run.spendFor(value.length);
  for (const item of value) list.push(held(run, safe(item)));
}

/** Compiles `{ a: 1, [b]: 2, ...c }`. Spreading nothing, or what has no members, adds nothing. */
export function compileObject(node: ObjectNode, context: Compilation): Evaluate {
  const entries = node.entries.map((item) => {
    if (item.kind === 'spread') return { key: undefined, value: compile(item.value, context) };
    const { key } = item;
    return { key: typeof key === 'string' ? key : compile(key, context), value: compile(item.value, context) };
  });
  return (run) => {
    const record = createRecord();
    for (const { key, value } of entries) {
      if (key === undefined) copyMembers(run, record, value(run));
      else putMember(run, record, typeof key === 'string' ? key : toKey(run, key(run)), value(run));
    }
    return record;
  };
}

function copyMembers(run: Run, record: Record<string, unknown>, from: unknown): void {
  for (const key of memberKeys(run, from)) putMember(run, record, key, readMember(run, from, key));
}
