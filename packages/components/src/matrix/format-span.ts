import type { Json } from '@fettle/base';
import { formatCategory } from '../chart/format-category.ts';
import type { MatrixAxes } from './matrix-cells.ts';

/** A span as the head of a narrow column: days without their year. */
export function formatSpan(
  value: Json,
  bucket: MatrixAxes['columnBucket'],
  format: { readonly locale: string; readonly timeZone: string },
): string {
  if ((bucket !== 'week' && bucket !== 'day') || typeof value !== 'string')
    return formatCategory(value, bucket, format);
  return new Intl.DateTimeFormat(format.locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${value.slice(0, 10)}T00:00:00Z`),
  );
}
