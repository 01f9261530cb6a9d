import { inputError } from '@fettle/base';

/** An event to invite to. Times are texts that name an instant. */
export interface CalendarEvent {
  readonly uid: string;
  readonly title: string;
  readonly start: string;
  readonly end: string | undefined;
  readonly place: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An invitation as iCalendar (RFC 5545, RFC 5546). Without an end it lasts an hour. */
export function invitationOf({ uid, title, start, end, place, now }: CalendarEvent): string {
  const from = instantOf(start);
  const until = end === undefined ? from + 3_600_000 : instantOf(end);
  if (until <= from) {
    throw inputError({
      code: 'mail.event-invalid',
      message: 'The event ends before it starts.',
      hint: 'Give it a later end.',
    });
  }
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Fettle//Flows//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${escaped(uid)}`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(from)}`,
    `DTEND:${stamp(until)}`,
    `SUMMARY:${escaped(title)}`,
    ...(place === undefined ? [] : [`LOCATION:${escaped(place)}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.flatMap(folded).join('\r\n')}\r\n`;
}

function instantOf(text: string): number {
  const time = /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.trim()) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw inputError({
    code: 'mail.event-invalid',
    message: 'The event has a time that names no instant.',
    hint: 'Write it with its offset, such as 2026-03-01T09:30:00Z.',
  });
}

function stamp(time: number): string {
  return new Date(time).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n|\r/g, '\\n');
}

/** Lines are 75 bytes at most; what follows begins with a space. */
function folded(line: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  for (const sign of line) {
    if (Buffer.byteLength(part + sign) > 74) {
      parts.push(part);
      part = ' ';
    }
    part += sign;
  }
  return [...parts, part];
}
