import { zoneOffset } from '@fettle/expression';

const minuteMs = 60_000;

/** What clocks in a zone show at an instant, as milliseconds since 1970 as if that were UTC. */
export function wallAt(instant: number, timeZone: string): number {
  return instant + zoneOffset(timeZone, instant);
}

/** Milliseconds by which clocks in a zone are ahead of UTC at an instant. */
export function offsetAt(instant: number, timeZone: string): number {
  return zoneOffset(timeZone, instant);
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

/** The first instant after `from`, up to `to`, at which clocks in a zone are set otherwise. Undefined when there is none. */
export function offsetChange(from: number, to: number, timeZone: string): number | undefined {
  const offset = offsetAt(from, timeZone);
  if (to <= from || offsetAt(to, timeZone) === offset) return undefined;
  let [before, after] = [from, to];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle, timeZone) === offset) before = middle;
    else after = middle;
  }
  return after;
}
