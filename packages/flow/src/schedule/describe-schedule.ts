import cronstrue from 'cronstrue';
import { weekdayNames, type ClockRange, type DayRange } from './exclusions.ts';
import type { Schedule } from './schedule.ts';
import { wallAt } from './zone.ts';

/**
 * A schedule in English words, for people: `At 09:00, Monday through Friday (Europe/Berlin), not on 2030-12-24`. Times
 * are those of the schedule's zone, on a clock of 24 hours.
 */
export function describeSchedule(schedule: Schedule): string {
  const { exclusions, start, end, timeZone } = schedule;
  const days = [
    ...exclusions.days.map(describeDays),
    ...weekdayNames.flatMap((_, day) => (exclusions.weekdays.has(day) ? [`${weekdays[day] ?? ''}s`] : [])),
  ];
  const bounds = [
    ...(start === undefined ? [] : [`from ${describeTime(start, timeZone)}`]),
    ...(end === undefined ? [] : [`until ${describeTime(end, timeZone)}`]),
  ];
  return [
    `${schedule.kind === 'cron' ? describeCron(schedule.expression) : describeInterval(schedule.everyMs)} (${timeZone})`,
    ...(bounds.length === 0 ? [] : [bounds.join(' ')]),
    ...(days.length === 0 ? [] : [`not on ${joinWords(days)}`]),
    ...(exclusions.times.length === 0 ? [] : [`not between ${joinWords(exclusions.times.map(describeClock))}`]),
  ].join(', ');
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function describeCron(expression: string): string {
  // Two spellings that the library does not know, as ones that it does.
  const fields = expression.replaceAll('?', '*').replaceAll('#L', 'L').split(' ');
  const [day = '*', month = '*', weekday = '*'] = fields.slice(-3);
  const clock = fields.slice(0, -3).join(' ');
  try {
    if (day === '*' || weekday === '*') return inWords(fields.join(' '));
    // With both given, one of them is enough; the library's own words read as if both had to hold.
    const onDays = `${inWords(`${clock} ${day} * *`)}, or ${partInWords(`* * ${weekday}`)}`;
    return month === '*' ? onDays : `${onDays}, ${partInWords(`* ${month} *`)}`;
  } catch {
    return `By ${expression}`;
  }
}

const inWords = (expression: string): string => cronstrue.toString(expression, { use24HourTimeFormat: true });

/** What day, month and weekday say, without a time. */
function partInWords(days: string): string {
  return inWords(`0 0 ${days}`).replace('At 00:00, ', '').replace('only on ', 'on ');
}

const units = [
  [604_800_000, 'week'],
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
  [1, 'millisecond'],
] as const;

function describeInterval(everyMs: number): string {
  const parts: string[] = [];
  let rest = everyMs;
  for (const [size, unit] of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(count === 1 ? `1 ${unit}` : `${count} ${unit}s`);
  }
  return `Every ${joinWords(parts).replace(/^1 /, '')}`;
}

const dateOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10);

function describeDays({ from, to }: DayRange): string {
  const [first, last] = [dateOf(from), dateOf(to - 1)];
  return first === last ? first : `${first} to ${last}`;
}

function describeClock({ from, to }: ClockRange): string {
  return `${clockOf(from)} and ${clockOf(to)}`;
}

function clockOf(time: number): string {
  const text = new Date(time).toISOString().slice(11, 19);
  return text.endsWith(':00') ? text.slice(0, 5) : text;
}

function describeTime(instant: number, timeZone: string): string {
  const wall = wallAt(instant, timeZone);
  return `${dateOf(wall)} ${clockOf(Math.floor(wall / 1000) * 1000 - Math.floor(wall / 86_400_000) * 86_400_000)}`;
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
