const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago an instant is, or how far ahead, in words: `3 hours ago`, `in 2 days`. ISO text or milliseconds since 1970. */
export function relativeTime(instant: string | number, now = Date.now()): string {
  const seconds = ((typeof instant === 'number' ? instant : Date.parse(instant)) - now) / 1000;
  const unit = units.find(([, size]) => Math.abs(seconds) >= size);
  if (unit === undefined) return seconds > 0 ? 'in less than a minute' : 'just now';
  // Whole units that are over, or left.
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.trunc(seconds / unit[1]), unit[0]);
}
