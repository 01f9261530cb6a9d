import type { Run } from '../../evaluate/run.ts';
import { isNothing, textOf } from '../arguments.ts';
import { parseMoment, writeMoment } from './moment.ts';
import type { Moment } from './moment.ts';

/** The earliest and latest milliseconds that dates may have: years 0 to 9999. */
const earliest = -62_167_219_200_000;
const latest = 253_402_300_799_999;

/** The moment of an argument: ISO text, or milliseconds since 1970. `undefined` for nothing. */
export function momentOf(run: Run, value: unknown): Moment | undefined {
  if (isNothing(value)) return undefined;
  const moment =
    typeof value === 'number'
      ? { kind: 'instant' as const, ms: value }
      : typeof value === 'string'
        ? parseMoment(textOf(run, value))
        : undefined;
  if (moment !== undefined && isInReach(moment.ms)) return moment;
  throw run.error(
    'expression.date-expected',
    'A date is expected here.',
    'Use text such as "2026-05-01" or "2026-05-01T12:30:00Z"; parseDate() reads other forms.',
  );
}

function isInReach(ms: number): boolean {
  return ms >= earliest && ms <= latest;
}

/** The text of a result; refuses what is out of the calendar's reach. */
export function dateText(run: Run, kind: Moment['kind'], ms: number): string {
  run.spend(4);
  if (isInReach(ms)) return writeMoment({ kind, ms });
  throw run.error('expression.date-out-of-reach', 'The date lies outside the years 0 to 9999.');
}
