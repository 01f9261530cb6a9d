import { inputError } from '@fettle/base';

/** An event to invite to, or to call off. Times are texts that name an instant. */
export interface CalendarEvent {
  readonly method: 'request' | 'cancel';
  readonly uid: string;
  /** Higher than that of what was sent of this event before; 0 for a new one. */
  readonly sequence: number;
  readonly title: string;
  readonly description: string;
  readonly start: string;
  readonly end: string | undefined;
  readonly place: string | undefined;
  /** Whom answers go to, as an address or `Name <address>`. */
  readonly organizer: string;
  readonly attendees: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An invitation as iCalendar (RFC 5545, RFC 5546). Without an end it lasts an hour. */
export function calendarOf(event: CalendarEvent): string {
  const { method, place, description } = event;
  const from = instantOf(event.start);
  const until = event.end === undefined ? from + 3_600_000 : instantOf(event.end);
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
    `METHOD:${method.toUpperCase()}`,
    'BEGIN:VEVENT',
    `UID:${escaped(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `STATUS:${method === 'cancel' ? 'CANCELLED' : 'CONFIRMED'}`,
    `DTSTAMP:${stamp(event.now)}`,
    `DTSTART:${stamp(from)}`,
    `DTEND:${stamp(until)}`,
    `SUMMARY:${escaped(event.title)}`,
    ...(description === '' ? [] : [`DESCRIPTION:${escaped(description)}`]),
    ...(place === undefined ? [] : [`LOCATION:${escaped(place)}`]),
    organizerLine(event.organizer),
    ...event.attendees.map(
      (address) => `ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${address}`,
    ),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.flatMap(folded).join('\r\n')}\r\n`;
}

function organizerLine(text: string): string {
  const [, name = '', address = text] = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(text) ?? [];
  // In a parameter there is no way to write these signs.
  const shown = name.replaceAll(/["\p{Cc}]/gu, '').trim();
  return `ORGANIZER${shown === '' ? '' : `;CN="${shown}"`}:mailto:${address.replaceAll(/[\s\p{Cc}]/gu, '')}`;
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
