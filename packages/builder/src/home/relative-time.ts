const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago an instant is, in words: `3 hours ago`. */
export function relativeTime(instant: string, now = Date.now()): string {
  const seconds = (now - Date.parse(instant)) / 1000;
  const unit = units.find(([, size]) => seconds >= size);
  if (unit === undefined) return 'just now';
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(-Math.floor(seconds / unit[1]), unit[0]);
}
