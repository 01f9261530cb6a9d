import { isJsonObject, type Json } from '@fettle/base';

/** What a value of a sample row says when it is not plain. */
export type Mark =
  | { readonly kind: 'row'; readonly key: string }
  | { readonly kind: 'date'; readonly days: number }
  | { readonly kind: 'time'; readonly moment: string }
  | { readonly kind: 'user' };

/** Member of a row that names it for the relations of others. */
export const rowKeyMember = '$key';

const dayForm = /^([+-]?\d{1,5})d(?: ([01]\d|2[0-3]):([0-5]\d))?$/;
const spanForm = /^([+-]?\d{1,6})([hm])$/;
const dayMs = 86_400_000;
const units = { h: 3_600_000, m: 60_000 } as const;

/** Reads a mark; undefined for a plain value; a text for what looks like a mark and is none. */
export function readMark(value: Json): Mark | string | undefined {
  if (!isJsonObject(value)) return undefined;
  const keys = Object.keys(value);
  const [name = ''] = keys;
  if (!keys.some((key) => key.startsWith('$'))) return undefined;
  const content = value[name];
  if (keys.length === 1) {
    if (name === '$row' && typeof content === 'string' && content !== '') return { kind: 'row', key: content };
    if (name === '$date' && Number.isInteger(content)) return { kind: 'date', days: content as number };
    if (name === '$time' && typeof content === 'string' && (dayForm.test(content) || spanForm.test(content)))
      return { kind: 'time', moment: content };
    if (name === '$user' && content === true) return { kind: 'user' };
  }
  return 'Write { "$row": "key" }, { "$date": -3 }, { "$time": "-2d 09:30" } (or "-3h", "+45m") or { "$user": true }.';
}

/** The day that a mark means, as `YYYY-MM-DD` in UTC. */
export function dateOf(days: number, now: number): string {
  return new Date(now + days * dayMs).toISOString().slice(0, 10);
}

/** The instant that a mark means: a day of UTC with a time, or a span from now. */
export function instantOf(moment: string, now: number): string {
  const [, days, hours, minutes] = dayForm.exec(moment) ?? [];
  if (days !== undefined) {
    const at = now + Number(days) * dayMs;
    if (hours === undefined) return new Date(at).toISOString();
    return new Date(Math.floor(at / dayMs) * dayMs + Number(hours) * units.h + Number(minutes) * units.m).toISOString();
  }
  const [, count, unit] = spanForm.exec(moment) ?? [];
  return new Date(now + Number(count) * units[unit as 'h' | 'm']).toISOString();
}
