import { textOf } from './text-of.ts';

/** How a value is to be read by a person. */
export interface ValueFormat {
  readonly locale: string;
  readonly timeZone: string;
  /** A column type, when the value comes from a table. */
  readonly type?: string | undefined;
}

/** Whole numbers of four digits stay in one piece: years, rooms and numbers of things are read so, and amounts still are. */
export const groupingOf = (isWhole: boolean): 'min2' | 'auto' => (isWhole ? 'min2' : 'auto');

const numberPattern = /^-?\d+(?:\.\d+)?$/;
const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

/**
 * A value as text for a person: dates and times in their locale, yes and no for booleans, lists joined. Texts stay as
 * they are unless they are dates. A pure date never moves to another day, whatever the time zone.
 */
export function formatValue(value: unknown, format: ValueFormat): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') {
    // Where digits stop meaning anything, rows of zeros would only pretend to know them.
    const notation = Math.abs(value) >= 1e21 ? ({ notation: 'scientific' } as const) : {};
    const digits = { maximumFractionDigits: 20, useGrouping: groupingOf(Number.isInteger(value)), ...notation };
    return new Intl.NumberFormat(format.locale, digits).format(value);
  }
  if (Array.isArray(value)) return value.map((item) => formatValue(item, format)).join(', ');
  if (typeof value === 'string') return formatText(value, format);
  return textOf(value);
}

function formatText(value: string, { locale, timeZone, type }: ValueFormat): string {
  if ((type === 'decimal' || type === 'integer') && numberPattern.test(value)) {
    const fraction = Math.min(value.split('.')[1]?.length ?? 0, 100);
    const useGrouping = groupingOf(type === 'integer');
    const digits = { minimumFractionDigits: fraction, maximumFractionDigits: fraction, useGrouping };
    // Given as text, the digits are formatted exactly, also beyond 2^53.
    return new Intl.NumberFormat(locale, digits).format(value as Intl.StringNumericLiteral);
  }
  if ((type === undefined || type === 'date') && datePattern.test(value)) {
    const date = new Date(`${value}T00:00:00Z`);
    return Number.isNaN(date.getTime())
      ? value
      : new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
  }
  if ((type === undefined || type === 'timestamp' || type === 'datetime') && instantPattern.test(value)) {
    // Without a zone it is what a clock on the wall showed, and stays that everywhere.
    const isLocal = !/(?:Z|[+-]\d{2}(?::?\d{2})?)$/i.test(value.slice(11));
    const date = new Date(isLocal ? `${value.replace(' ', 'T')}Z` : value);
    if (Number.isNaN(date.getTime())) return value;
    const zone = isLocal ? 'UTC' : timeZone;
    return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(date);
  }
  return value;
}

/** The number styles that settings offer. */
export const numberStyles = ['plain', 'compact', 'percent', 'currency'] as const;

/** One of {@link numberStyles}. */
export type NumberStyle = (typeof numberStyles)[number];

/** How a number is written. */
export interface NumberFormat {
  readonly locale: string;
  readonly style: NumberStyle;
  /** ISO 4217 code, for the style `currency`. */
  readonly currency?: string | undefined;
  readonly decimals?: number | undefined;
}

/** A number as text. `percent` takes parts of one: 0.25 is 25 %. */
export function formatNumber(value: number, format: NumberFormat): string {
  const decimals =
    format.decimals === undefined
      ? {}
      : { minimumFractionDigits: format.decimals, maximumFractionDigits: format.decimals };
  return new Intl.NumberFormat(format.locale, { ...styleOptions(format), ...decimals }).format(value);
}

function styleOptions({ style, currency }: NumberFormat): Intl.NumberFormatOptions {
  switch (style) {
    case 'compact':
      return { notation: 'compact', maximumFractionDigits: 1 };
    case 'percent':
      return { style: 'percent', maximumFractionDigits: 1 };
    case 'currency':
      return { style: 'currency', currency: /^[A-Za-z]{3}$/.test(currency ?? '') ? (currency as string) : 'EUR' };
    case 'plain':
      return { maximumFractionDigits: 2 };
  }
}
