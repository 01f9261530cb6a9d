const formatters = new Map<string, Intl.DateTimeFormat>();
const minuteMs = 60_000;

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}

/** True when there is such an IANA time zone. */
export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

/** What clocks in a zone show at an instant, as milliseconds since 1970 as if that were UTC. */
export function wallAt(instant: number, timeZone: string): number {
  const whole = Math.floor(instant / 1000) * 1000;
  const parts: Record<string, string> = {};
  for (const { type, value } of formatterOf(timeZone).formatToParts(whole)) parts[type] = value;
  const number = (name: string): number => Number(parts[name]);
  const wall = Date.UTC(
    number('year'),
    number('month') - 1,
    number('day'),
    number('hour'),
    number('minute'),
    number('second'),
  );
  return wall + (instant - whole);
}

/** Milliseconds by which clocks in a zone are ahead of UTC at an instant. */
export function offsetAt(instant: number, timeZone: string): number {
  return wallAt(instant, timeZone) - instant;
}

/** Instants at which clocks in a zone show a wall time: one, two where an hour comes twice, none where it is skipped. */
export function instantsOf(wall: number, timeZone: string): readonly number[] {
  const day = 86_400_000;
  const offsets = new Set([offsetAt(wall - day, timeZone), offsetAt(wall, timeZone), offsetAt(wall + day, timeZone)]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((instant) => wallAt(instant, timeZone) === wall)
    .toSorted((a, b) => a - b);
}

/** The instant at which clocks jump over a wall time that does not exist, and how far they jump in milliseconds. */
export function jumpOver(wall: number, timeZone: string): { readonly instant: number; readonly length: number } {
  const day = 86_400_000;
  let [before, after] = [wall - 2 * day, wall + 2 * day];
  const offset = offsetAt(before, timeZone);
  // Clocks jump forward between the two: to the minute, zones do not change within one.
  while (after - before > minuteMs) {
    const middle = Math.floor((before + after) / 2 / minuteMs) * minuteMs;
    if (wallAt(middle, timeZone) < wall) before = middle;
    else after = middle;
  }
  return { instant: after, length: offsetAt(after, timeZone) - offset };
}
