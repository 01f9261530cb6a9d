import { toJsonText, toText } from '../../evaluate/conversions.ts';
import type { Callback, Run } from '../../evaluate/run.ts';
import {
  createRecord,
  hasMember,
  held,
  isObject,
  memberKeys,
  putMember,
  readMember,
  toPlain,
} from '../../evaluate/values.ts';
import { callbackOf, integerOf, isNothing, listOf, objectOf, pathOf, readPath, textOf } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';

type Visit = (key: string, value: unknown) => readonly [string, unknown] | undefined;

/** A new object of what `visit` makes of each member. */
function rebuild(run: Run, object: unknown, visit: Visit): Record<string, unknown> {
  const record = createRecord();
  for (const key of memberKeys(run, objectOf(run, object))) {
    run.spend(1);
    const made = visit(key, readMember(run, object, key));
    if (made) putMember(run, record, made[0], made[1]);
  }
  return record;
}

function namesOf(run: Run, names: readonly unknown[]): Set<string> {
  return new Set(
    names.flatMap((name) => (Array.isArray(name) ? listOf(run, name) : [name])).map((name) => toText(run, name)),
  );
}

function pick(run: Run, [object, ...names]: readonly unknown[]): Record<string, unknown> {
  const record = createRecord();
  for (const name of namesOf(run, names))
    if (hasMember(objectOf(run, object), name)) putMember(run, record, name, readMember(run, object, name));
  return record;
}

function omit(run: Run, [object, ...names]: readonly unknown[]): Record<string, unknown> {
  const unwanted = namesOf(run, names);
  return rebuild(run, object, (key, value) => (unwanted.has(key) ? undefined : [key, value]));
}

function merge(run: Run, objects: readonly unknown[]): Record<string, unknown> {
  const record = createRecord();
  for (const object of objects)
    for (const key of memberKeys(run, objectOf(run, object))) putMember(run, record, key, readMember(run, object, key));
  return record;
}

function mergeDeep(run: Run, target: unknown, source: unknown, depth = 0): unknown {
  run.allowDepth(depth);
  if (!isObject(target) || !isObject(source)) return source;
  const record = merge(run, [target]);
  for (const key of memberKeys(run, source)) {
    putMember(
      run,
      record,
      key,
      hasMember(record, key)
        ? mergeDeep(run, record[key], readMember(run, source, key), depth + 1)
        : readMember(run, source, key),
    );
  }
  return record;
}

/** A copy in which the place at `path` holds `value`; what is on the way is copied, missing objects are made. */
function setPath(run: Run, object: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return held(run, value);
  const inner = setPath(run, readMember(run, object, key), rest, value);
  if (!Array.isArray(object)) {
    const record = isObject(object) ? merge(run, [object]) : createRecord();
    putMember(run, record, key, inner);
    return record;
  }
  const index = integerOf(run, key, 0, object.length);
  run.allowList(object.length + 1);
  const copy = (object as unknown[]).slice();
  copy[index] = inner;
  return copy;
}

function pairs(run: Run, object: unknown): [string, unknown][] {
  return memberKeys(run, object).map((key) => [key, held(run, readMember(run, object, key))]);
}

function fromEntries(run: Run, list: unknown): Record<string, unknown> {
  const record = createRecord();
  for (const pair of listOf(run, list)) {
    run.spend(1);
    if (Array.isArray(pair)) putMember(run, record, toText(run, pair[0]), readMember(run, pair, '1'));
    else if (isObject(pair))
      putMember(run, record, toText(run, readMember(run, pair, 'key')), readMember(run, pair, 'value'));
  }
  return record;
}

function visiting(apply: (run: Run, object: unknown, visit: Callback) => unknown): FunctionEntry {
  return entry(2, 2, (run, [object, visit]) => apply(run, object, callbackOf(run, visit)), 0b10);
}

function parseJson(run: Run, [value, fallback]: readonly unknown[]): unknown {
  const text = textOf(run, value);
  run.spend(text.length >> 1);
  try {
    return toPlain(run, JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return fallback ?? null;
    throw error;
  }
}

/** Functions of objects. All of them give new objects. */
export const objectFunctions: FunctionFamily = {
  get: entry(2, 3, (run, [object, path, fallback]) => readPath(run, object, pathOf(run, path)) ?? fallback),
  has: entry(2, 2, (run, [object, path]) => {
    const names = pathOf(run, path);
    return hasMember(readPath(run, object, names.slice(0, -1)), names.at(-1) ?? '');
  }),
  set: entry(3, 3, (run, [object, path, value]) => setPath(run, object, pathOf(run, path), value)),
  pick: entry(2, 50, pick),
  omit: entry(2, 50, omit),
  merge: entry(1, 20, merge),
  mergeDeep: entry(2, 20, (run, objects) =>
    objects.reduce((target, source) => (isNothing(source) ? target : mergeDeep(run, target, source))),
  ),
  keys: entry(1, 1, (run, [object]) => [...memberKeys(run, object)]),
  values: entry(1, 1, (run, [object]) => pairs(run, object).map(([, value]) => value)),
  entries: entry(1, 1, (run, [object]) => pairs(run, object)),
  fromEntries: entry(1, 1, (run, [list]) => fromEntries(run, list)),
  mapValues: visiting((run, object, visit) => rebuild(run, object, (key, value) => [key, visit(value, key)])),
  mapKeys: visiting((run, object, visit) =>
    rebuild(run, object, (key, value) => [toText(run, visit(key, value)), value]),
  ),
  filterValues: visiting((run, object, visit) =>
    rebuild(run, object, (key, value) => (visit(value, key) ? [key, value] : undefined)),
  ),
  renameKeys: entry(2, 2, (run, [object, names]) =>
    rebuild(run, object, (key, value) => [
      hasMember(names, key) ? toText(run, readMember(run, names, key)) : key,
      value,
    ]),
  ),
  invert: entry(1, 1, (run, [object]) => rebuild(run, object, (key, value) => [toText(run, value), key])),
  toJson: entry(1, 2, (run, [value, indent]) =>
    toJsonText(run, value, indent === undefined ? 0 : integerOf(run, indent, 0, 10)),
  ),
  parseJson: entry(1, 2, parseJson),
};
