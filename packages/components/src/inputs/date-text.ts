// Dates are texts. A `date` never becomes an instant, so no time zone can move it by a day; only a `timestamp`
// is read in the time zone of the host.

const dateExpression = /^(\d{4})-(\d{2})-(\d{2})$/;
const timeExpression = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/;
const localExpression = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)$/;

/** True for a day of the calendar as `YYYY-MM-DD`. */
export function isDateText(text: string): boolean {
  const match = dateExpression.exec(text);
  if (match === null) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** True for `HH:mm[:ss[.fff]]`. */
export function isTimeText(text: string): boolean {
  return timeExpression.test(text);
}

/** True for a day and a time without a zone. */
export function isLocalDateTimeText(text: string): boolean {
  const match = localExpression.exec(text);
  return match !== null && isDateText(match[1] ?? '') && isTimeText(match[2] ?? '');
}

/** True for an instant in ISO form. */
export function isInstantText(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** `14:05` as the wire wants it: `14:05:00`. */
export function withSeconds(time: string): string {
  return /^\d{2}:\d{2}$/.test(time) ? `${time}:00` : time;
}

const partFormats = new Map<string, Intl.DateTimeFormat>();

function wallClock(instant: number, timeZone: string): number {
  let format = partFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    partFormats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
  return Date.UTC(
    parts['year'] ?? 1970,
    (parts['month'] ?? 1) - 1,
    parts['day'] ?? 1,
    parts['hour'] ?? 0,
    parts['minute'] ?? 0,
    parts['second'] ?? 0,
  );
}

/** What a clock in `timeZone` shows at an instant, as `YYYY-MM-DDTHH:mm:ss`. Empty for what is not an instant. */
export function instantToLocal(instant: string, timeZone: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? '' : new Date(wallClock(time, timeZone)).toISOString().slice(0, 19);
}

/**
 * The instant at which a clock in `timeZone` shows `local`. A time that a change of clocks skips becomes the same
 * time after the gap; one that occurs twice becomes the first.
 */
export function localToInstant(local: string, timeZone: string): string | undefined {
  if (!isLocalDateTimeText(local)) return undefined;
  const wanted = Date.parse(`${local.replace(' ', 'T').replace(/T(\d{2}:\d{2})$/, 'T$1:00')}Z`);
  const before = wanted - offsetAt(wanted - 86_400_000, timeZone);
  const after = wanted - offsetAt(wanted + 86_400_000, timeZone);
  const whole = Math.floor(wanted / 1000) * 1000;
  const match = [Math.min(before, after), Math.max(before, after)].find(
    (candidate) => wallClock(candidate, timeZone) === whole,
  );
  return new Date(match ?? before).toISOString();
}

function offsetAt(instant: number, timeZone: string): number {
  return wallClock(instant, timeZone) - Math.floor(instant / 1000) * 1000;
}
