import { Cron } from 'croner';
import { fail, isJsonObject, ok, type Problem, type Result } from '@fettle/base';
import { isTimeZone } from '@fettle/expression';
import { parseDuration } from '../run/parse-duration.ts';
import { readExclusions, type Exclusions } from './exclusions.ts';
import { readTime, type Complain } from './read-time.ts';

/** What becomes of ticks that nobody was there to make: `skip` them, make up for the `latest` one, or for `all`. */
export type CatchUp = 'skip' | 'latest' | 'all';

interface Base {
  /** IANA name; cron fields, exclusions and times without an offset are read in it. */
  readonly timeZone: string;
  readonly exclusions: Exclusions;
  /** Milliseconds since 1970: nothing fires before `start` or after `end`. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly catchUp: CatchUp;
  /** How many missed ticks `all` makes up for, the latest ones. */
  readonly catchUpLimit: number;
}

/** A schedule by a cron expression. */
export type CronSchedule = Base & {
  readonly kind: 'cron';
  /** Five fields, or six with seconds first. */
  readonly expression: string;
  /** The wall times it names, as if they were UTC. */
  readonly walls: Cron;
  /** It lists its hours, so an hour that comes twice fires once and a skipped one is made up for. */
  readonly isFixedTime: boolean;
};

/** A schedule that fires each time so much time has passed. */
export type IntervalSchedule = Base & { readonly kind: 'interval'; readonly everyMs: number; readonly anchor: number };

/** When a flow is started by the clock. Made by {@link parseSchedule} alone. */
export type Schedule = CronSchedule | IntervalSchedule;

/** Shortest interval, in milliseconds. */
const shortest = 1000;
const mostCaughtUp = 1000;
const usuallyCaughtUp = 100;
const catchUps: readonly unknown[] = ['skip', 'latest', 'all'] satisfies readonly CatchUp[];

/** Short names of schedules. `@reboot` is none: a server that starts is no time. */
const nicknames: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * Reads the settings of a schedule: `{ kind: 'cron', expression, timeZone? }` with five fields or six (seconds first), or
 * `{ kind: 'interval', every, anchor? }`; with `excludeDates`, `excludeWeekdays`, `excludeTimes`, `start`, `end`,
 * `catchUp` and `catchUpLimit`. Answers every problem there is, with the path of the setting.
 */
export function parseSchedule(input: unknown): Result<Schedule, readonly Problem[]> {
  if (!isJsonObject(input)) return fail([{ path: '', message: 'A schedule is an object.' }]);
  const problems: Problem[] = [];
  const complain: Complain = (path, message) => void problems.push({ path, message });
  const timeZone = readTimeZone(input['timeZone'], complain);
  const clock = { timeZone: timeZone ?? 'UTC', complain };
  const { catchUp = 'latest', catchUpLimit = usuallyCaughtUp } = input;
  if (!catchUps.includes(catchUp)) complain('/catchUp', 'One of skip, latest, all.');
  if (!isWithin(catchUpLimit, 1, mostCaughtUp)) complain('/catchUpLimit', `A whole number from 1 to ${mostCaughtUp}.`);
  const base = {
    timeZone: clock.timeZone,
    exclusions: readExclusions(input, complain),
    start: readTime(input['start'], { ...clock, path: '/start', edge: 'first' }),
    end: readTime(input['end'], { ...clock, path: '/end', edge: 'last' }),
    catchUp: catchUp as CatchUp,
    catchUpLimit: catchUpLimit as number,
  };
  if (base.start !== undefined && base.end !== undefined && base.end < base.start) {
    complain('/end', 'The end is before the start.');
  }
  const timing = readTiming(input, clock);
  if (timing === undefined || problems.length > 0) return fail(problems);
  return ok({ ...base, ...timing });
}

interface ZoneClock {
  readonly timeZone: string;
  readonly complain: Complain;
}

function readTimeZone(value: unknown, complain: Complain): string | undefined {
  if (value === undefined || value === '') return 'UTC';
  return typeof value === 'string' && isTimeZone(value)
    ? value
    : complain('/timeZone', 'Give a time zone such as Europe/Berlin.');
}

function readTiming(input: Readonly<Record<string, unknown>>, clock: ZoneClock) {
  const { kind = 'cron' } = input;
  if (kind === 'cron') return readCron(input['expression'], clock.complain);
  if (kind === 'interval') return readInterval(input, clock);
  return clock.complain('/kind', 'One of cron, interval.');
}

function readCron(given: unknown, complain: Complain) {
  if (typeof given !== 'string' || given.trim() === '' || given.length > 200) {
    return complain('/expression', 'Give a cron expression such as 0 9 * * 1-5.');
  }
  const expression = nicknames[given.trim().toLowerCase()] ?? given.trim().split(/\s+/).join(' ');
  const fields = expression.split(' ');
  if (fields.length !== 5 && fields.length !== 6) {
    const count = fields.length === 1 ? '1 field' : `${fields.length} fields`;
    return complain(
      '/expression',
      `"${given.trim()}" has ${count}. Give five: minute hour day month weekday, or six with the second first.`,
    );
  }
  try {
    // No time zone here: which instants a wall time is, ticks.ts says. An offset of nothing is ten times as quick as UTC.
    const walls = new Cron(expression, { utcOffset: 0, paused: true });
    const hours = fields.at(-4) ?? '*';
    return { kind: 'cron' as const, expression, walls, isFixedTime: !/[*?/-]/.test(hours) };
  } catch {
    return complain(
      '/expression',
      `"${given.trim()}" is not a cron expression. Five fields: minute hour day month weekday.`,
    );
  }
}

function readInterval(input: Readonly<Record<string, unknown>>, { timeZone, complain }: ZoneClock) {
  const anchor = readTime(input['anchor'], { timeZone, complain, path: '/anchor', edge: 'first' }) ?? 0;
  try {
    const everyMs = parseDuration(input['every']);
    if (everyMs >= shortest) return { kind: 'interval' as const, everyMs, anchor };
  } catch {
    // Told below, in the words of this setting.
  }
  return complain('/every', 'Give a duration of a second or more, such as 15m.');
}

function isWithin(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}
