import { inputError } from '@fettle/base';

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const spelled: Readonly<Record<string, string>> = {
  second: 's',
  seconds: 's',
  sec: 's',
  minute: 'm',
  minutes: 'm',
  min: 'm',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
  week: 'w',
  weeks: 'w',
};

/** Longest wait: ten years. */
const maxMs = 10 * 366 * 86_400_000;

/**
 * Milliseconds of a duration: `90s`, `1h 30m`, `2 days`, ISO 8601 (`PT15M`, `P1DT2H`), or a number of seconds. Months
 * and years have no fixed length and are refused.
 */
export function parseDuration(value: unknown): number {
  const ms = readDuration(value);
  if (ms === undefined || !Number.isFinite(ms) || ms < 0 || ms > maxMs) {
    throw inputError({
      code: 'flow.duration',
      message: `"${String(value).slice(0, 60)}" is not a duration.`,
      hint: 'Write for example 30s, 15m, 2h, 3d or PT15M.',
    });
  }
  return ms;
}

function readDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return value * 1000;
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  return text.startsWith('P') ? readIso(text) : readWords(text.toLowerCase());
}

function readIso(text: string): number | undefined {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (match === null || text === 'P' || text.endsWith('T')) return undefined;
  const [, weeks, days, hours, minutes, seconds] = match.map((part) => Number(part ?? 0));
  return (
    (weeks ?? 0) * 604_800_000 +
    (days ?? 0) * 86_400_000 +
    (hours ?? 0) * 3_600_000 +
    (minutes ?? 0) * 60_000 +
    (seconds ?? 0) * 1000
  );
}

function readWords(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?\s*[a-z]+[\s,]*)+$/.test(text) || text.length > 100) return undefined;
  let total = 0;
  for (const [, amount, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    const factor = unitMs[spelled[unit] ?? unit];
    if (factor === undefined) return undefined;
    total += Number(amount) * factor;
  }
  return total;
}
