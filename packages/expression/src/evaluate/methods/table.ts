import { entry } from '../../functions/entry.ts';
import type { FunctionEntry } from '../../functions/entry.ts';
import type { Run } from '../run.ts';
import { integer, optionalInteger, optionalText } from './arguments.ts';
import { listMethods } from './list-methods.ts';
import { textMethods } from './text-methods.ts';

function inRange(run: Run, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw run.error('expression.bad-argument', `A number from ${least} to ${most} is expected here.`);
}

/** The methods of a number. */
export const numberMethods: ReadonlyMap<string, FunctionEntry> = new Map(
  Object.entries({
    toFixed: entry(0, 1, (run, [self, digits]) => (self as number).toFixed(inRange(run, integer(run, digits), 0, 100))),
    toPrecision: entry(0, 1, (run, [self, digits]) =>
      digits === undefined ? String(self) : (self as number).toPrecision(inRange(run, integer(run, digits), 1, 100)),
    ),
    toString: entry(0, 1, (run, [self, radix]) =>
      (self as number).toString(inRange(run, optionalInteger(run, radix) ?? 10, 2, 36)),
    ),
    toLocaleString: entry(0, 1, (run, [self, locale]) =>
      (self as number).toLocaleString(optionalText(run, locale) ?? run.locale),
    ),
  }),
);

const booleanMethods: ReadonlyMap<string, FunctionEntry> = new Map([
  ['toString', entry(0, 0, (_, [self]) => String(self))],
]);

/** The methods that a value offers. Objects have none: functions work on them. */
export function methodsOf(value: unknown): ReadonlyMap<string, FunctionEntry> | undefined {
  switch (typeof value) {
    case 'string':
      return textMethods;
    case 'number':
      return numberMethods;
    case 'boolean':
      return booleanMethods;
    default:
      return Array.isArray(value) ? listMethods : undefined;
  }
}

/** JavaScript methods that are left out because they change a value, and what to write instead. */
export const mutatingMethods: ReadonlyMap<string, string> = new Map([
  ['push', 'It would change the list. Write [...list, item].'],
  ['unshift', 'It would change the list. Write [item, ...list].'],
  ['pop', 'It would change the list. Write list.slice(0, -1) or last(list).'],
  ['shift', 'It would change the list. Write list.slice(1) or first(list).'],
  ['splice', 'It would change the list. Write list.toSpliced(start, count).'],
  ['fill', 'It would change the list. Write list.map(() => value).'],
  ['copyWithin', 'It would change the list. Write list.slice(start, end).'],
  ['forEach', 'It gives no value. Write list.map(item => …).'],
  ['match', 'Write matches(text, pattern) or extract(text, pattern).'],
  ['matchAll', 'Write extractAll(text, pattern).'],
  ['search', 'Write matches(text, pattern) or text.indexOf(part).'],
  ['test', 'Write matches(text, pattern).'],
  ['hasOwnProperty', 'Write "name" in object.'],
  ['toISOString', 'Dates are texts already: show them with formatDate(date, "yyyy-MM-dd").'],
]);
