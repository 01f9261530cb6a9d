import { groupingOf } from '../format-value.ts';
import { countDigits, numberDigits } from './number-text.ts';
import { isDateText, isInstantText, isLocalDateTimeText, isTimeText } from './date-text.ts';
import type { ValueKind } from './value-kind.ts';

/** Where and how values are shown. */
export interface FormatOptions {
  readonly locale: string;
  readonly timeZone: string;
  /** Digits after the point; those of the value when absent. */
  readonly decimals?: number;
  /** ISO code, e.g. `EUR`. */
  readonly currency?: string;
  readonly isPercent?: boolean;
  /** False for keys. */
  readonly useGrouping?: boolean;
}

const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  let format = numberFormats.get(key);
  if (format === undefined) {
    try {
      format = new Intl.NumberFormat(locale, options);
    } catch {
      // An unknown currency code must not take the table down: the plain number says as much as is known.
      const { currency: _currency, style: _style, ...rest } = options;
      format = new Intl.NumberFormat(locale, rest);
    }
    numberFormats.set(key, format);
  }
  return format;
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, options);
    dateFormats.set(key, format);
  }
  return format;
}

/** A number with the locale's marks, every digit kept. Undefined when the value is not a number. */
export function formatNumber(value: unknown, options: FormatOptions): string | undefined {
  const digits = numberDigits(value);
  if (digits === undefined) return undefined;
  const shown =
    options.decimals ?? (options.currency === undefined ? Math.min(countDigits(digits).fraction, 20) : undefined);
  const style = options.currency === undefined ? (options.isPercent === true ? 'percent' : 'decimal') : 'currency';
  const fraction = options.isPercent === true && options.decimals === undefined ? Math.max((shown ?? 0) - 2, 0) : shown;
  const format = numberFormat(options.locale, {
    style,
    useGrouping: options.useGrouping === false ? false : groupingOf(style === 'decimal' && fraction === 0),
    ...(options.currency === undefined ? {} : { currency: options.currency }),
    ...(fraction === undefined ? {} : { minimumFractionDigits: fraction, maximumFractionDigits: fraction }),
  });
  // Given as text, the digits are formatted exactly, also beyond 2^53.
  return format.format(digits as Intl.StringNumericLiteral);
}

/** A day such as `3 May 2026`. */
export function formatDate(text: string, options: FormatOptions): string {
  if (isDateText(text))
    return dateFormat(options.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${text}T00:00:00Z`));
  if (isInstantText(text))
    return dateFormat(options.locale, { dateStyle: 'medium', timeZone: options.timeZone }).format(new Date(text));
  if (isLocalDateTimeText(text)) return formatDate(text.slice(0, 10), options);
  return text;
}

/** A day with its time. An instant is shown in the host's time zone; a time without a zone as it stands. */
export function formatDateTime(text: string, options: FormatOptions): string {
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const;
  if (isInstantText(text))
    return dateFormat(options.locale, { ...style, timeZone: options.timeZone }).format(new Date(text));
  if (isLocalDateTimeText(text)) {
    return dateFormat(options.locale, { ...style, timeZone: 'UTC' }).format(new Date(`${text.replace(' ', 'T')}Z`));
  }
  return formatDate(text, options);
}

/** A time of the day such as `14:05`. */
export function formatTime(text: string, options: FormatOptions): string {
  // 24:00 is a time of databases, not of the clock, and durations go beyond: they stay as they are.
  if (!isTimeText(text)) return text;
  const time = new Date(`1970-01-01T${text}Z`);
  return dateFormat(options.locale, {
    timeStyle: /:00(\.0+)?$/.test(text.slice(5)) ? 'short' : 'medium',
    timeZone: 'UTC',
  }).format(time);
}

/** Any value as one line of text. Null and undefined become an empty text. */
export function formatValue(kind: ValueKind, value: unknown, options: FormatOptions): string {
  if (value === null || value === undefined) return '';
  if (kind === 'boolean') return formatBoolean(value);
  if (kind === 'integer' || kind === 'decimal' || kind === 'number')
    return formatNumber(value, options) ?? plainText(value);
  if (typeof value === 'string') {
    if (kind === 'date') return formatDate(value, options);
    if (kind === 'datetime' || kind === 'timestamp') return formatDateTime(value, options);
    if (kind === 'time') return formatTime(value, options);
    return value;
  }
  if (kind === 'file')
    return filesOf(value)
      .map((file) => file.name)
      .join(', ');
  if (Array.isArray(value)) return value.map(plainText).join(', ');
  return plainText(value);
}

function formatBoolean(value: unknown): string {
  if (value === true || value === 1 || value === '1' || value === 'true') return 'Yes';
  if (value === false || value === 0 || value === '0' || value === 'false') return 'No';
  return plainText(value);
}

/** A value as text without any formatting: texts as they are, the rest as JSON. */
export function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The stored files in a value of an attachment column: one, or a list. */
export function filesOf(
  value: unknown,
): readonly { readonly id: string; readonly name: string; readonly size: number; readonly type: string }[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return items.flatMap((item) => {
    if (typeof item !== 'object' || item === null) return [];
    const { id, name, size, type } = item as Readonly<Record<string, unknown>>;
    if (typeof id !== 'string' || typeof name !== 'string') return [];
    return [{ id, name, size: typeof size === 'number' ? size : 0, type: typeof type === 'string' ? type : '' }];
  });
}

/** A file size such as `1.2 MB`. */
export function formatSize(bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const index = bytes < 1000 ? 0 : bytes < 1e6 ? 1 : bytes < 1e9 ? 2 : 3;
  return numberFormat(locale, {
    style: 'unit',
    unit: units[index] ?? 'byte',
    unitDisplay: index === 0 ? 'long' : 'short',
    maximumFractionDigits: index === 0 ? 0 : 1,
  }).format(bytes / 1000 ** index);
}
