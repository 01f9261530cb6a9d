import { entry } from '../../functions/entry.ts';
import type { FunctionEntry } from '../../functions/entry.ts';
import { toText } from '../conversions.ts';
import type { Run } from '../run.ts';
import { integer, optionalInteger, optionalText } from './arguments.ts';

type TextMethod = (run: Run, text: string, a: unknown, b: unknown) => unknown;

/** A method that costs as much as its text is long. */
function method(minimum: number, run: TextMethod): FunctionEntry {
  return entry(minimum, 3, (current, [self, a, b]) => {
    const text = self as string;
    current.spendFor(text.length);
    return run(current, text, a, b);
  });
}

/** What a text becomes when each of its `count` pieces of `from` turns into `to`. */
function replaceAll(run: Run, text: string, from: string, to: string): string {
  const parts = text.split(from);
  run.allowText(text.length + (parts.length - 1) * (to.length - from.length));
  return parts.join(to);
}

function replaceFirst(run: Run, text: string, from: string, to: string): string {
  const at = text.indexOf(from);
  if (at === -1) return text;
  run.allowText(text.length + to.length);
  return text.slice(0, at) + to + text.slice(at + from.length);
}

function pad(run: Run, text: string, length: unknown, fill: unknown, side: 'padStart' | 'padEnd'): string {
  const wanted = integer(run, length);
  run.allowText(wanted);
  return text[side](wanted, optionalText(run, fill));
}

function concatenate(run: Run, args: readonly unknown[]): string {
  const parts = args.map((part) => toText(run, part));
  run.allowText(parts.reduce((sum, part) => sum + part.length, 0));
  return parts.join('');
}

function normalizationForm(run: Run, form: unknown): string {
  const name = optionalText(run, form) ?? 'NFC';
  if (name === 'NFC' || name === 'NFD' || name === 'NFKC' || name === 'NFKD') return name;
  throw run.error('expression.bad-argument', 'normalize() takes "NFC", "NFD", "NFKC" or "NFKD".');
}

function splitText(run: Run, text: string, separator: unknown, limit: unknown): string[] {
  const by = optionalText(run, separator);
  run.allowList(by === '' ? text.length : 1);
  const parts = by === undefined ? [text] : text.split(by, optionalInteger(run, limit));
  run.allowList(parts.length);
  return parts;
}

/** The methods of a text. Patterns are plain text here; regular expressions are functions of their own. */
export const textMethods: ReadonlyMap<string, FunctionEntry> = new Map(
  Object.entries({
    at: method(0, (run, text, at) => text.at(integer(run, at))),
    charAt: method(0, (run, text, at) => text.charAt(integer(run, at))),
    charCodeAt: method(0, (run, text, at) => text.charCodeAt(integer(run, at))),
    codePointAt: method(0, (run, text, at) => text.codePointAt(integer(run, at))),
    concat: entry(0, Infinity, concatenate),
    endsWith: method(1, (run, text, part, end) => text.endsWith(toText(run, part), optionalInteger(run, end))),
    includes: method(1, (run, text, part, from) => text.includes(toText(run, part), integer(run, from))),
    indexOf: method(1, (run, text, part, from) => text.indexOf(toText(run, part), integer(run, from))),
    lastIndexOf: method(1, (run, text, part, from) =>
      text.lastIndexOf(toText(run, part), optionalInteger(run, from) ?? Infinity),
    ),
    localeCompare: method(1, (run, text, other, locale) =>
      text.localeCompare(toText(run, other), optionalText(run, locale) ?? run.locale),
    ),
    normalize: method(0, (run, text, form) => {
      // Some characters become eighteen.
      run.spend(text.length);
      return text.normalize(normalizationForm(run, form));
    }),
    padEnd: method(1, (run, text, length, fill) => pad(run, text, length, fill, 'padEnd')),
    padStart: method(1, (run, text, length, fill) => pad(run, text, length, fill, 'padStart')),
    repeat: method(1, (run, text, count) => {
      const times = Math.max(0, integer(run, count));
      run.allowText(text.length * times);
      return text === '' ? '' : text.repeat(times);
    }),
    replace: method(2, (run, text, from, to) => replaceFirst(run, text, toText(run, from), toText(run, to))),
    replaceAll: method(2, (run, text, from, to) => replaceAll(run, text, toText(run, from), toText(run, to))),
    slice: method(0, (run, text, start, end) => text.slice(integer(run, start), optionalInteger(run, end))),
    split: method(0, splitText),
    startsWith: method(1, (run, text, part, from) => text.startsWith(toText(run, part), integer(run, from))),
    substring: method(0, (run, text, start, end) => text.substring(integer(run, start), optionalInteger(run, end))),
    toLowerCase: method(0, (_, text) => text.toLowerCase()),
    toString: method(0, (_, text) => text),
    toUpperCase: method(0, (_, text) => text.toUpperCase()),
    trim: method(0, (_, text) => text.trim()),
    trimEnd: method(0, (_, text) => text.trimEnd()),
    trimStart: method(0, (_, text) => text.trimStart()),
  }),
);
