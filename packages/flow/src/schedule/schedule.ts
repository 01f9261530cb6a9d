import { Cron } from 'croner';
import { fail, isJsonObject, ok, type Problem, type Result } from '@fettle/base';
import { isTimeZone } from '@fettle/expression';
import { parseDuration } from '../run/parse-duration.ts';

/** What becomes of ticks that nobody was there to make: `skip` them, make up for the `latest` one, or for `all`. */
export type CatchUp = 'skip' | 'latest' | 'all';

/** Local days and times at which nothing fires. */
export interface Exclusions {
  /** `YYYY-MM-DD`. */
  readonly dates: ReadonlySet<string>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
}

interface Base {
  /** IANA name; cron fields and exclusions are read in it. */
  readonly timeZone: string;
  readonly exclusions: Exclusions;
  /** Milliseconds since 1970: nothing fires before `start` or after `end`. */
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly catchUp: CatchUp;
}

/** When a flow is started by the clock. Made by {@link parseSchedule} alone. */
export type Schedule =
  | (Base & {
      readonly kind: 'cron';
      readonly expression: string;
      /** The wall times it names, as if they were UTC. */
      readonly walls: Cron;
      /** It names hours, so an hour that comes twice fires once and a skipped one is made up for. */
      readonly isFixedTime: boolean;
    })
  | (Base & { readonly kind: 'interval'; readonly everyMs: number; readonly anchor: number });

/** Shortest interval, in milliseconds. */
const shortest = 1000;

/**
 * Reads the settings of a schedule: `{ kind: 'cron', expression, timeZone? }` with five fields or six (seconds first), or
 * `{ kind: 'interval', every, anchor? }`; with `excludeDates`, `excludeWeekdays`, `start`, `end`, `catchUp`.
 */
export function parseSchedule(input: unknown): Result<Schedule, readonly Problem[]> {
  if (!isJsonObject(input)) return fail([{ path: '', message: 'A schedule is an object.' }]);
  const problems: Problem[] = [];
  const complain = (path: string, message: string): undefined => void problems.push({ path, message });
  const { timeZone = 'UTC', kind = 'cron', catchUp = 'latest' } = input;
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) {
    complain('/timeZone', 'Give a time zone such as Europe/Berlin.');
  }
  if (catchUp !== 'skip' && catchUp !== 'latest' && catchUp !== 'all')
    complain('/catchUp', 'One of skip, latest, all.');
  const base = {
    timeZone: String(timeZone),
    exclusions: {
      dates: new Set(
        texts(input['excludeDates']).filter(
          (date) => isDate(date) || complain('/excludeDates', `"${date}" is not a date such as 2030-12-24.`),
        ),
      ),
      weekdays: new Set(numbers(input['excludeWeekdays'])),
    },
    start: readTime(input['start'], '/start', complain),
    end: readTime(input['end'], '/end', complain),
    catchUp: catchUp as CatchUp,
  };
  const timing = kind === 'interval' ? readInterval(input, complain) : readCron(input['expression'], complain);
  if (timing === undefined || problems.length > 0) return fail(problems);
  return ok({ ...base, ...timing });
}

type Complain = (path: string, message: string) => undefined;

function readCron(expression: unknown, complain: Complain) {
  if (typeof expression !== 'string' || expression.trim() === '' || expression.length > 200) {
    return complain('/expression', 'Give a cron expression such as 0 9 * * 1-5.');
  }
  const text = expression.trim();
  try {
    const walls = new Cron(text, { timezone: 'UTC', paused: true });
    const fields = text.split(/\s+/);
    const hours = fields[fields.length === 6 ? 2 : 1] ?? '*';
    const isFixedTime = !text.startsWith('@hourly') && (text.startsWith('@') || !/[*?/-]/.test(hours));
    return { kind: 'cron' as const, expression: text, walls, isFixedTime };
  } catch {
    return complain('/expression', `"${text}" is not a cron expression. Five fields: minute hour day month weekday.`);
  }
}

function readInterval(input: Readonly<Record<string, unknown>>, complain: Complain) {
  const anchor = input['anchor'] === undefined ? 0 : (readTime(input['anchor'], '/anchor', complain) ?? 0);
  try {
    const everyMs = parseDuration(input['every']);
    if (everyMs >= shortest) return { kind: 'interval' as const, everyMs, anchor };
  } catch {
    // Told below, in the words of this setting.
  }
  return complain('/every', 'Give a duration of a second or more, such as 15m.');
}

function readTime(value: unknown, path: string, complain: Complain): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const time = typeof value === 'number' ? value : Date.parse(String(value));
  return Number.isFinite(time) ? time : complain(path, 'Give a time such as 2030-01-31T09:00:00Z.');
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text));
}

const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const numbers = (value: unknown): readonly number[] => (Array.isArray(value) ? value.map(Number) : []);
