import type { Run } from '../../evaluate/run.ts';
import { integerOf, isNothing, numberOf, textOf, textOr } from '../arguments.ts';
import { entry } from '../entry.ts';
import type { FunctionEntry, FunctionFamily } from '../entry.ts';
import { roundTo } from '../number/basics.ts';
import { checkLocale } from './locale.ts';

const formats = new Map<string, Intl.NumberFormat>();

/** A number format, kept for the next time. Making one costs far more than using it. */
function formatOf(run: Run, locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([locale, options]);
  const found = formats.get(key);
  run.spend(found ? 20 : 1_500);
  if (found) return found;
  if (formats.size > 200) formats.clear();
  const made = new Intl.NumberFormat(checkLocale(run, locale), options);
  formats.set(key, made);
  return made;
}

function onNumber(
  least: number,
  most: number,
  apply: (run: Run, value: number, args: readonly unknown[]) => string,
): FunctionEntry {
  return entry(least, most, (run, args) => (isNothing(args[0]) ? '' : apply(run, numberOf(run, args[0]), args)));
}

function fixed(run: Run, digits: unknown): Intl.NumberFormatOptions {
  if (isNothing(digits)) return {};
  const count = integerOf(run, digits, 0, 20);
  return { minimumFractionDigits: count, maximumFractionDigits: count };
}

function formatNumber(run: Run, value: number, [original, digits, locale]: readonly unknown[]): string {
  const format = formatOf(run, textOr(run, locale, run.locale), fixed(run, digits));
  // A decimal that comes as text keeps all its digits.
  return typeof original === 'string' && /^-?\d+(\.\d+)?$/.test(original)
    ? format.format(original as `${number}`)
    : format.format(value);
}

function formatCurrency(run: Run, value: number, [original, currency, locale, digits]: readonly unknown[]): string {
  const code = textOf(run, currency).toUpperCase();
  if (!/^[A-Z]{3}$/.test(code))
    throw run.error('expression.bad-argument', 'A currency has three letters, such as "EUR".');
  const format = formatOf(run, textOr(run, locale, run.locale), {
    style: 'currency',
    currency: code,
    ...fixed(run, digits),
  });
  return typeof original === 'string' && /^-?\d+(\.\d+)?$/.test(original)
    ? format.format(original as `${number}`)
    : format.format(value);
}

const decimalSizes = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
const binarySizes = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

function formatBytes(value: number, digits: number, isBinary: boolean): string {
  const base = isBinary ? 1024 : 1000;
  const names = isBinary ? binarySizes : decimalSizes;
  let size = Math.abs(value);
  let index = 0;
  while (roundTo(size, digits) >= base && index < names.length - 1) {
    size /= base;
    index += 1;
  }
  return `${value < 0 ? '-' : ''}${roundTo(size, index === 0 ? 0 : digits)} ${names[index] ?? 'B'}`;
}

function ordinal(value: number): string {
  const rest = Math.abs(value) % 100;
  const last = rest % 10;
  const ending = rest > 10 && rest < 14 ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th';
  return `${value}${ending}`;
}

/** Functions that write numbers for people. Nothing gives empty text. */
export const numberFormatFunctions: FunctionFamily = {
  formatNumber: onNumber(1, 3, formatNumber),
  formatCurrency: onNumber(2, 4, formatCurrency),
  formatPercent: onNumber(1, 3, (run, value, [, digits, locale]) =>
    formatOf(run, textOr(run, locale, run.locale), {
      style: 'percent',
      maximumFractionDigits: 0,
      ...fixed(run, digits),
    }).format(value),
  ),
  formatCompact: onNumber(1, 2, (run, value, [, locale]) =>
    formatOf(run, textOr(run, locale, run.locale), { notation: 'compact', maximumFractionDigits: 1 }).format(value),
  ),
  formatBytes: onNumber(1, 3, (run, value, [, digits, binary]) =>
    formatBytes(value, isNothing(digits) ? 1 : integerOf(run, digits, 0, 10), binary === true),
  ),
  formatOrdinal: onNumber(1, 1, (_, value) => ordinal(value)),
  pluralise: onNumber(2, 3, (run, value, [, one, many]) => {
    const word = value === 1 ? textOf(run, one) : isNothing(many) ? `${textOf(run, one)}s` : textOf(run, many);
    return `${formatOf(run, run.locale, {}).format(value)} ${word}`;
  }),
};
