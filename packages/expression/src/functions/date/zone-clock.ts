const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(zone);
  if (known) return known;
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    if (formats.size > 100) formats.clear();
    formats.set(zone, format);
    return format;
  } catch {
    return undefined;
  }
}

/** True when there is such an IANA time zone. */
export function isTimeZone(zone: string): boolean {
  return formatOf(zone) !== undefined;
}

/** How far a zone's clocks are ahead of UTC at an instant, in milliseconds. An unknown zone counts as UTC. */
export function zoneOffset(zone: string, ms: number): number {
  if (zone === 'UTC') return 0;
  const parts: Record<string, number> = {};
  let isBefore = false;
  for (const { type, value } of formatOf(zone)?.formatToParts(ms) ?? []) {
    if (type === 'era') isBefore = value.startsWith('B');
    else parts[type] = Number(value);
  }
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const wall = new Date(0);
  wall.setUTCFullYear(isBefore ? 1 - year : year, month - 1, day);
  wall.setUTCHours(hour, minute, second);
  return wall.getTime() - Math.floor(ms / 1000) * 1000;
}
