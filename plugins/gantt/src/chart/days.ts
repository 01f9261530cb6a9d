/** How fine the time of a chart is. */
export type Scale = 'day' | 'week' | 'month';

/** Pixels of a day. */
export const dayWidths: Readonly<Record<Scale, number>> = { day: 36, week: 14, month: 4 };

const dayMs = 86_400_000;

/** Days since 1970 of a date or an instant as rows hold them; undefined for what is none. */
export function dayOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.floor(value / dayMs) : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const date = /^(\d{4})-(\d{2})-(\d{2})/.exec(value);
  const time = date === null ? Date.parse(value) : Date.UTC(Number(date[1]), Number(date[2]) - 1, Number(date[3]));
  return Number.isNaN(time) ? undefined : Math.floor(time / dayMs);
}

/** Today where somebody is. */
export function todayIn(timeZone: string, now = Date.now()): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return dayOf(parts.format(now)) ?? Math.floor(now / dayMs);
}

/** Writes a day for people. */
export function dayText(day: number, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(day * dayMs);
}

/** A mark in the head of a chart: from this day on, for so many. */
export interface Tick {
  readonly day: number;
  readonly days: number;
  readonly label: string;
}

/** The two lines of the head: months (years) above days, weeks (months). */
export function ticksOf(
  range: { readonly from: number; readonly to: number },
  scale: Scale,
  locale: string,
): { readonly above: readonly Tick[]; readonly below: readonly Tick[] } {
  if (scale === 'month')
    return {
      above: marks(
        range,
        (day) => partsOf(day)[0],
        (day) => String(partsOf(day)[0]),
      ),
      below: marks(range, monthKey, (day) => dayText(day, locale, { month: 'short' })),
    };
  return {
    above: marks(range, monthKey, (day) => dayText(day, locale, { month: 'long', year: 'numeric' })),
    below:
      scale === 'week'
        ? marks(
            range,
            (day) => Math.floor((day + 3) / 7),
            (day) => dayText(day, locale, { day: 'numeric' }),
          )
        : marks(
            range,
            (day) => day,
            (day) => dayText(day, locale, { day: 'numeric' }),
          ),
  };
}

function marks(
  { from, to }: { readonly from: number; readonly to: number },
  keyOf: (day: number) => number,
  labelOf: (day: number) => string,
): readonly Tick[] {
  const found: { day: number; days: number; label: string }[] = [];
  let last: number | undefined;
  for (let day = from; day <= to; day += 1) {
    const key = keyOf(day);
    const current = found.at(-1);
    if (current !== undefined && key === last) current.days += 1;
    else found.push({ day, days: 1, label: labelOf(day) });
    last = key;
  }
  return found;
}

function partsOf(day: number): readonly [year: number, month: number] {
  const date = new Date(day * dayMs);
  return [date.getUTCFullYear(), date.getUTCMonth()];
}

function monthKey(day: number): number {
  const [year, month] = partsOf(day);
  return year * 12 + month;
}

/** True on Saturdays and Sundays. */
export function isWeekend(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}
