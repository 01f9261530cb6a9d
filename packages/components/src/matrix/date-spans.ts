import type { Json } from '@fettle/base';
import type { MatrixAxes } from './matrix-cells.ts';

const mostSpans = 60;

/** The start of every span from the first to the last of those given, as `2026-05-01`: a time axis has no holes. */
export function dateSpans(
  found: readonly Json[],
  bucket: Exclude<MatrixAxes['columnBucket'], 'none'>,
): readonly string[] {
  const starts = found.flatMap((value) => startOf(value)).toSorted();
  const last = starts.at(-1);
  const spans: string[] = [];
  for (let at = starts[0]; at !== undefined && last !== undefined && at <= last; at = nextStart(at, bucket)) {
    if (spans.length === mostSpans) return spans;
    spans.push(at);
  }
  return spans;
}

/** Databases write the start of a span as a year, a month, a day or an instant. */
export function startOf(value: Json): readonly string[] {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(String(value ?? '')) ?? [];
  return year === undefined ? [] : [`${year}-${month}-${day}`];
}

function nextStart(start: string, bucket: Exclude<MatrixAxes['columnBucket'], 'none'>): string {
  const date = new Date(`${start}T00:00:00Z`);
  if (bucket === 'day' || bucket === 'week') date.setUTCDate(date.getUTCDate() + (bucket === 'day' ? 1 : 7));
  else date.setUTCMonth(date.getUTCMonth() + { month: 1, quarter: 3, year: 12 }[bucket]);
  return date.toISOString().slice(0, 10);
}
