import { toText } from '../../evaluate/conversions.ts';
import type { Run } from '../../evaluate/run.ts';
import { isNothing, listOf, numberOf, textOr } from '../arguments.ts';
import { momentOf } from '../date/arguments.ts';
import { instantOf, zoneOf } from '../date/zone.ts';
import { entry } from '../entry.ts';
import type { FunctionFamily } from '../entry.ts';
import { checkLocale } from './locale.ts';

const spans: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_556_952_000],
  ['month', 2_629_746_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

function formatRelativeTime(run: Run, [value, base, locale]: readonly unknown[]): string {
  const zone = zoneOf(run, undefined);
  const moment = momentOf(run, value);
  if (moment === undefined) return '';
  const from = momentOf(run, base);
  const distance = instantOf(run, moment, zone) - (from === undefined ? run.now() : instantOf(run, from, zone));
  const [unit, length] = spans.find(([, size]) => Math.abs(distance) >= size) ?? ['second', 1_000];
  run.spend(1_500);
  const format = new Intl.RelativeTimeFormat(checkLocale(run, textOr(run, locale, run.locale)), { numeric: 'auto' });
  return format.format(Math.trunc(distance / length), unit);
}

/** `1 h 5 min` from seconds: the two greatest units that are not zero. */
function formatDuration(run: Run, [value, style]: readonly unknown[]): string {
  if (isNothing(value)) return '';
  const total = Math.round(Math.abs(numberOf(run, value)));
  const sign = numberOf(run, value) < 0 && total > 0 ? '-' : '';
  if (textOr(run, style, 'short') === 'clock') return sign + clock(total);
  const parts = [
    [Math.floor(total / 86_400), 'd'],
    [Math.floor(total / 3_600) % 24, 'h'],
    [Math.floor(total / 60) % 60, 'min'],
    [total % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return '0 s';
  return (
    sign +
    parts
      .slice(first, first + 2)
      .filter(([count]) => count > 0)
      .map(([count, unit]) => `${count} ${unit}`)
      .join(' ')
  );
}

function clock(total: number): string {
  const pad = (count: number): string => String(count).padStart(2, '0');
  return `${Math.floor(total / 3_600)}:${pad(Math.floor(total / 60) % 60)}:${pad(total % 60)}`;
}

function formatList(run: Run, [value, kind, locale]: readonly unknown[]): string {
  const texts = listOf(run, value).map((item) => toText(run, item));
  run.allowText(texts.reduce((sum, text) => sum + text.length + 10, 0));
  const type = textOr(run, kind, 'and') === 'or' ? 'disjunction' : 'conjunction';
  run.spend(1_500);
  return new Intl.ListFormat(checkLocale(run, textOr(run, locale, run.locale)), { type }).format(texts);
}

/** Functions that write phrases for people. */
export const phraseFunctions: FunctionFamily = {
  formatRelativeTime: entry(1, 3, formatRelativeTime),
  formatDuration: entry(1, 2, formatDuration),
  formatList: entry(1, 3, formatList),
  formatYesNo: entry(1, 3, (run, [value, yes, no]) =>
    isNothing(value) ? '' : value === true ? textOr(run, yes, 'Yes') : textOr(run, no, 'No'),
  ),
};
