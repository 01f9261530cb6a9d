import type { Json } from '@fettle/base';
import { formatValue } from '../format-value.ts';
import type { Bucket } from './chart-data.ts';

/** A group's value as a person reads it: `May 2024` for a month, `Q2 2024` for a quarter. */
export function formatCategory(
  value: Json,
  bucket: Bucket,
  format: { readonly locale: string; readonly timeZone: string },
): string {
  if (value === null || value === '') return 'None';
  const date = typeof value === 'string' ? dateOf(value) : undefined;
  if (bucket === 'none' || date === undefined) return formatValue(value, format);
  const write = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(format.locale, { ...options, timeZone: 'UTC' }).format(date);
  switch (bucket) {
    case 'year':
      return write({ year: 'numeric' });
    case 'quarter':
      return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`;
    case 'month':
      return write({ month: 'short', year: 'numeric' });
    case 'week':
    case 'day':
      return write({ day: 'numeric', month: 'short', year: 'numeric' });
    case 'hour':
      return write({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  }
}

/** Buckets arrive as years, months, days or instants, as the database has it. */
function dateOf(text: string): Date | undefined {
  const full = /^\d{4}$/.test(text) ? `${text}-01-01` : /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text;
  const isBare = full.length === 10;
  const hasZone = /Z$|[+-]\d{2}:?\d{2}$/.test(full.slice(10));
  const date = new Date(isBare ? `${full}T00:00:00Z` : hasZone ? full : `${full.replace(' ', 'T')}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
