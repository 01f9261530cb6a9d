const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/**
 * How long ago an instant is, or how far ahead, in words: `3 hours ago`, `in 2 days`. ISO text or milliseconds since 1970.
 * What is to come is never said to be further away than it is, and in units that there are two of: `in 36 hours`.
 */
export function relativeTime(instant: string | number, now = Date.now()): string {
  const seconds = ((typeof instant === 'number' ? instant : Date.parse(instant)) - now) / 1000;
  const least = seconds > 0 ? 1.95 : 1;
  const unit = units.find(([, size]) => Math.abs(seconds) >= size * least);
  if (unit === undefined) return seconds > 60 ? 'in a minute' : seconds > 0 ? 'in less than a minute' : 'just now';
  const count = Math.floor(Math.abs(seconds) / unit[1] + (seconds > 0 ? 0.05 : 0));
  const format = new Intl.RelativeTimeFormat('en', { numeric: seconds > 0 ? 'always' : 'auto' });
  return format.format(seconds > 0 ? count : -count, unit[0]);
}
