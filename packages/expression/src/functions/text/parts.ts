import { joinList } from '../../evaluate/methods/list-methods.ts';
import type { Run } from '../../evaluate/run.ts';
import { integerOf, listOf, numberOf, textOf, textOr } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionFamily } from '../entry.ts';

function truncate(run: Run, args: readonly unknown[]): string {
  const text = textOf(run, args[0]);
  const length = integerOf(run, args[1], 0, 1_000_000);
  const ending = textOr(run, args[2], '…');
  if (text.length <= length) return text;
  const end = Math.max(0, length - ending.length);
  // Half of a surrogate pair is no character.
  const isSplit = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return text.slice(0, isSplit ? end - 1 : end).trimEnd() + ending.slice(0, length);
}

function pad(run: Run, args: readonly unknown[], side: 'padStart' | 'padEnd'): string {
  const length = integerOf(run, args[1], 0, 1_000_000_000);
  run.allowText(length);
  return textOf(run, args[0])[side](length, textOr(run, args[2], ' '));
}

function replaceAll(run: Run, args: readonly unknown[]): string {
  const [text = '', from = '', to = ''] = args.map((arg) => textOf(run, arg));
  if (from === '') return text;
  const parts = text.split(from);
  run.allowText(text.length + (parts.length - 1) * (to.length - from.length));
  return parts.join(to);
}

function split(run: Run, [value, separator]: readonly unknown[]): string[] {
  const text = textOf(run, value);
  if (text === '') return [];
  const by = textOr(run, separator, ',');
  if (by === '') run.allowList(text.length);
  const parts = text.split(by);
  run.allowList(parts.length);
  return separator === undefined ? parts.map((part) => part.trim()) : parts;
}

function cut(text: string, mark: string, side: 'before' | 'after'): string {
  const at = text.indexOf(mark);
  if (at === -1) return side === 'before' ? text : '';
  return side === 'before' ? text.slice(0, at) : text.slice(at + mark.length);
}

function mask(run: Run, args: readonly unknown[]): string {
  const text = textOf(run, args[0]);
  const visible = integerOf(run, args[1] ?? 4, 0, 1_000_000);
  const hidden = Math.max(0, text.length - visible);
  const sign = textOr(run, args[2], '•').slice(0, 1);
  run.allowText(text.length);
  return sign.repeat(hidden) + text.slice(hidden);
}

function reverseText(run: Run, value: unknown): string {
  const text = textOf(run, value);
  run.allowList(text.length);
  return [...text].toReversed().join('');
}

function contains(run: Run, args: readonly unknown[]): boolean {
  return textOf(run, args[0]).toLowerCase().includes(textOf(run, args[1]).toLowerCase());
}

function occurrences(run: Run, args: readonly unknown[]): number {
  const part = textOf(run, args[1]);
  return part === '' ? 0 : textOf(run, args[0]).split(part).length - 1;
}

/** Functions that take texts apart and put them together. */
export const partFunctions: FunctionFamily = {
  trim: entry(1, 1, (run, [text]) => textOf(run, text).trim()),
  truncate: entry(2, 3, truncate),
  padStart: entry(2, 3, (run, args) => pad(run, args, 'padStart')),
  padEnd: entry(2, 3, (run, args) => pad(run, args, 'padEnd')),
  repeat: entry(2, 2, (run, args) => {
    const text = textOf(run, args[0]);
    const count = Math.max(0, Math.trunc(numberOf(run, args[1])));
    run.allowText(text.length * count);
    return text === '' ? '' : text.repeat(count);
  }),
  replaceAll: entry(3, 3, replaceAll),
  split: entry(1, 2, split),
  join: entry(1, 2, (run, args) => joinList(run, listOf(run, args[0]), textOr(run, args[1], ', '))),
  lines: entry(1, 1, (run, [value]) => {
    const parts = textOf(run, value).split(/\r\n|\r|\n/);
    run.allowList(parts.length);
    return parts;
  }),
  before: entry(2, 2, (run, args) => cut(textOf(run, args[0]), textOf(run, args[1]), 'before')),
  after: entry(2, 2, (run, args) => cut(textOf(run, args[0]), textOf(run, args[1]), 'after')),
  between: entry(3, 3, (run, args) =>
    cut(cut(textOf(run, args[0]), textOf(run, args[1]), 'after'), textOf(run, args[2]), 'before'),
  ),
  contains: entry(2, 2, contains),
  occurrences: entry(2, 2, occurrences),
  reverseText: entry(1, 1, (run, [value]) => reverseText(run, value)),
  mask: entry(1, 3, mask),
  collapseSpaces: entry(1, 1, (run, [text]) =>
    textOf(run, text)
      .split(/\s+/)
      .filter((word) => word !== '')
      .join(' '),
  ),
};
