import { forbiddenKeys } from '@fettle/base';
import type { Run } from './run.ts';
import { ScopeObject } from './scope.ts';

/** True for an object literal's or JSON's object: its prototype is none or the root one, of any realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** True for what has named members: plain objects and scope objects. */
export function isObject(value: unknown): value is Record<string, unknown> | ScopeObject {
  return value instanceof ScopeObject || isPlainObject(value);
}

/** Turns what a host put in the scope into a value of the language: no functions, dates as ISO text. */
export function safe(value: unknown): unknown {
  switch (typeof value) {
    case 'object':
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
      return value;
    case 'function':
    case 'symbol':
      return undefined;
    case 'bigint':
      return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value.toString();
    default:
      return value;
  }
}

/** Reads a member: the only way from a value to a value within it. Members of nothing are `undefined`. */
export function readMember(run: Run, object: unknown, key: string): unknown {
  if (forbiddenKeys.has(key)) throw run.error('expression.forbidden-member', `"${key}" cannot be read in expressions.`);
  if (typeof object === 'object' && object !== null) {
    if (Array.isArray(object)) return key === 'length' ? object.length : readItem(object, key);
    if (object instanceof ScopeObject) return safe(ScopeObject.read(object, key));
    if (isPlainObject(object) && Object.hasOwn(object, key)) return safe(object[key]);
    return undefined;
  }
  if (typeof object === 'string')
    return key === 'length' ? object.length : isIndex(key) ? object[Number(key)] : undefined;
  return undefined;
}

function isIndex(key: string): boolean {
  const index = Number(key);
  return index >= 0 && Number.isInteger(index) && String(index) === key;
}

function readItem(list: readonly unknown[], key: string): unknown {
  return isIndex(key) && Object.hasOwn(list, key) ? safe(list[Number(key)]) : undefined;
}

/** True when {@link readMember} would find a member of its own. */
export function hasMember(object: unknown, key: string): boolean {
  if (typeof object !== 'object' || object === null || forbiddenKeys.has(key)) return false;
  if (object instanceof ScopeObject) return ScopeObject.has(object, key);
  if (Array.isArray(object)) return key === 'length' || (isIndex(key) && Object.hasOwn(object, key));
  return isPlainObject(object) && Object.hasOwn(object, key);
}

/** The reachable member names of a value, in order. */
export function memberKeys(run: Run, object: unknown): readonly string[] {
  if (object instanceof ScopeObject) return ScopeObject.keys(object);
  if (Array.isArray(object)) {
    run.allowList(object.length);
    return object.map((_, index) => String(index));
  }
  if (!isPlainObject(object)) return [];
  const keys = Object.keys(object);
  run.spendFor(keys.length);
  return keys.filter((key) => !forbiddenKeys.has(key));
}

/** A new object for results. It has no prototype, so no key of it can mean anything but itself. */
export function createRecord(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

/** Puts `value` in a new object or list of ours; names of the prototype chain are refused. */
export function putMember(run: Run, record: Record<string, unknown>, key: string, value: unknown): void {
  if (forbiddenKeys.has(key))
    throw run.error('expression.forbidden-member', `"${key}" cannot be the name of a member.`);
  record[key] = held(run, value);
}

/** Notes that `value` is stored in new data: a scope object makes the result be copied. */
export function held(run: Run, value: unknown): unknown {
  if (value instanceof ScopeObject) run.holdsScopeObjects = true;
  return value;
}

/** A deep copy as plain data, scope objects read out. */
export function toPlain(run: Run, value: unknown, depth = 0): unknown {
  const plain = safe(value);
  if (typeof plain !== 'object' || plain === null) return plain;
  run.allowDepth(depth);
  if (Array.isArray(plain)) {
    run.allowList(plain.length);
    run.spend(4 + plain.length);
    return plain.map((item: unknown) => toPlain(run, item, depth + 1));
  }
  if (!isObject(plain)) return plain;
  const record = createRecord();
  for (const key of memberKeys(run, plain)) {
    run.spend(8);
    record[key] = toPlain(run, readMember(run, plain, key), depth + 1);
  }
  return record;
}
