const minute = 60_000;

/** What the clock on the wall shows in a zone, as if in UTC, to the second. */
function clockOf(zone: string): (time: number) => number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return (time) => Date.parse(`${format.format(time).replace(' ', 'T')}Z`);
}

/** Reads a field of a cron expression by hand: numbers, lists, ranges and steps. */
function matches(field: string, value: number, first: number): boolean {
  return field.split(',').some((part) => {
    const [range = '*', step = '1'] = part.split('/');
    const [from, to] = range === '*' ? [first, 59] : (range.split('-').map(Number) as [number, number?]);
    const end = to ?? (part.includes('/') ? 59 : from);
    return value >= (from ?? 0) && value <= (end ?? 0) && (value - (from ?? 0)) % Number(step) === 0;
  });
}

function matchesWall(expression: string, wall: number): boolean {
  const fields = expression.split(' ');
  const [seconds = '0', minutes = '*', hours = '*', days = '*', months = '*', weekdays = '*'] =
    fields.length === 6 ? fields : ['0', ...fields];
  const at = new Date(wall);
  return (
    matches(seconds, at.getUTCSeconds(), 0) &&
    matches(minutes, at.getUTCMinutes(), 0) &&
    matches(hours, at.getUTCHours(), 0) &&
    matches(days, at.getUTCDate(), 1) &&
    matches(months, at.getUTCMonth() + 1, 1) &&
    matches(weekdays, at.getUTCDay(), 0)
  );
}

/**
 * The ticks after `from` up to `to` as they must be, found by looking at the clock on the wall every minute or, with six
 * fields, every second. Knows nothing of the code under test.
 */
export function byLooking(
  { expression, zone }: { readonly expression: string; readonly zone: string },
  from: number,
  to: number,
): readonly number[] {
  const clock = clockOf(zone);
  const fields = expression.split(' ');
  const isFixed = !/[*/-]/.test(fields.at(-4) ?? '');
  const [step, lookBack] = fields.length === 6 ? [1000, 3 * 60 * minute] : [minute, 26 * 60 * minute];
  const ticks: number[] = [];
  const seen = new Set<number>();
  let last = clock(from - lookBack);
  for (let time = from - lookBack; time <= to; time += step) {
    const wall = clock(time);
    const jump = wall - last - step;
    let fires = matchesWall(expression, wall) && !(isFixed && seen.has(wall));
    const isMadeUpFor = isFixed && jump > 0 && jump <= 180 * minute;
    for (let skipped = last + step; isMadeUpFor && skipped < wall; skipped += step) {
      fires ||= matchesWall(expression, skipped);
    }
    if (fires && time > from) ticks.push(time);
    seen.add(wall);
    last = wall;
  }
  return ticks;
}

/** Whether exclusions forbid an instant, read off the clock on the wall. */
export function isExcluded(
  time: number,
  zone: string,
  excluded: {
    readonly excludeDates: readonly string[];
    readonly excludeWeekdays: readonly number[];
    readonly excludeTimes: readonly string[];
  },
): boolean {
  const wall = new Date(clockOf(zone)(time));
  const [date = '', clock = ''] = wall.toISOString().slice(0, 16).split('T');
  return (
    excluded.excludeWeekdays.includes(wall.getUTCDay()) ||
    excluded.excludeDates.some((range) => {
      const [first = '', last = first] = range.split('/');
      return date >= first && date <= last;
    }) ||
    excluded.excludeTimes.some((range) => {
      const [from = '', to = ''] = range.split('-');
      return from < to ? clock >= from && clock < to : clock >= from || clock < to;
    })
  );
}
