import { toNumber, toText } from '../../evaluate/conversions.ts';
import type { Run } from '../../evaluate/run.ts';
import { hasMember, isObject, memberKeys, readMember } from '../../evaluate/values.ts';
import { textOf } from '../arguments.ts';
import { parseMoment } from '../date/moment.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';
import { identityOf } from '../list/parts.ts';

function test(apply: (value: unknown, run: Run) => boolean): FunctionEntry {
  return entry(1, 1, (run, [value]) => apply(value, run));
}

function textTest(pattern: RegExp, longest: number): FunctionEntry {
  return test((value, run) => typeof value === 'string' && value.length <= longest && pattern.test(textOf(run, value)));
}

function isEmpty(run: Run, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && memberKeys(run, value).length === 0;
}

/** True when two values hold the same data; the order of members does not matter. */
function isEqual(run: Run, a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  run.allowDepth(depth);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = memberKeys(run, a);
  if (keys.length !== memberKeys(run, b).length) return false;
  return keys.every((key) => {
    run.spend(4);
    return hasMember(b, key) && isEqual(run, readMember(run, a, key), readMember(run, b, key), depth + 1);
  });
}

function switchCase(_: Run, [value, ...cases]: readonly unknown[]): unknown {
  for (let index = 0; index + 1 < cases.length; index += 2) if (cases[index] === value) return cases[index + 1];
  return cases.length % 2 === 1 ? cases.at(-1) : undefined;
}

const falseWords: ReadonlySet<string> = new Set(['', 'false', 'no', 'off', '0', 'n', 'f']);

function toBoolean(run: Run, value: unknown): boolean {
  return typeof value === 'string' ? !falseWords.has(textOf(run, value).trim().toLowerCase()) : Boolean(value);
}

function isUrl(run: Run, value: unknown): boolean {
  if (typeof value !== 'string' || value.length > 2_048 || !/^https?:\/\/[^\s]+$/i.test(textOf(run, value)))
    return false;
  return URL.canParse(value);
}

function isNumeric(run: Run, value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(toNumber(run, textOf(run, value)));
}

function valuesOf(run: Run, args: readonly unknown[]): readonly unknown[] {
  run.allowList(args.reduce((sum: number, arg) => sum + (Array.isArray(arg) ? arg.length : 1), 0));
  return args.flatMap((arg) => (Array.isArray(arg) ? (arg as readonly unknown[]) : [arg]));
}

/** Tests and choices. */
export const logicFunctions: FunctionFamily = {
  isEmpty: test((value, run) => isEmpty(run, value)),
  hasValue: test((value, run) => !isEmpty(run, value)),
  coalesce: entry(1, 50, (_, args) => args.find((value) => value !== null && value !== undefined)),
  firstValue: entry(1, 50, (run, args) => args.find((value) => !isEmpty(run, value))),
  ifElse: entry(2, 3, (_, [condition, then, otherwise]) => (condition ? then : otherwise)),
  switchCase: entry(3, 100, switchCase),
  isEqual: entry(2, 2, (run, [a, b]) => isEqual(run, a, b)),
  isIn: entry(2, 50, (run, [value, ...options]) => {
    const wanted = identityOf(run, value);
    return valuesOf(run, options).some((option) => identityOf(run, option) === wanted);
  }),
  all: entry(1, 50, (run, args) => valuesOf(run, args).every(Boolean)),
  any: entry(1, 50, (run, args) => valuesOf(run, args).some(Boolean)),
  toBoolean: test((value, run) => toBoolean(run, value)),
  toText: entry(1, 1, (run, [value]) => toText(run, value)),
  size: entry(1, 1, (run, [value]) =>
    typeof value === 'string' || Array.isArray(value) ? value.length : memberKeys(run, value).length,
  ),
  typeOf: entry(1, 1, (_, [value]) =>
    Array.isArray(value)
      ? 'list'
      : value === null || value === undefined
        ? 'nothing'
        : typeof value === 'string'
          ? 'text'
          : typeof value,
  ),
  isText: test((value) => typeof value === 'string'),
  isNumber: test((value) => typeof value === 'number' && Number.isFinite(value)),
  isNumeric: test((value, run) => isNumeric(run, value)),
  isInteger: test((value) => Number.isInteger(value)),
  isBoolean: test((value) => typeof value === 'boolean'),
  isList: test((value) => Array.isArray(value)),
  isObject: test((value) => isObject(value)),
  isDate: test((value, run) => (typeof value === 'string' ? parseMoment(textOf(run, value)) !== undefined : false)),
  isEmail: textTest(
    /^[^\s@<>(),;:"[\]\\]+@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)+$/u,
    254,
  ),
  isUrl: test((value, run) => isUrl(run, value)),
  isUuid: textTest(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, 36),
};
