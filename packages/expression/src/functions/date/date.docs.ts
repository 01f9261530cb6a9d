import { describe } from '../doc.ts';
import type { FunctionSpec } from '../spec.ts';

const date =
  'date: A day "2026-05-01", a time "2026-05-01T12:30" or an instant "2026-05-01T12:30:00Z" (or milliseconds since 1970).';
const zone =
  'text: The IANA time zone in which an instant is looked at, e.g. "Europe/Berlin"; that of the app when left out.';
const amount = 'number: How many; negative ones go back.';
const unit = 'text: second, minute, hour, day, week (from Monday), month, quarter or year.';
const other = 'date: The other date.';
const adds = (what: string): string => `Adds ${what}. The result is of the same kind as the date.`;

/** Documentation of the date functions. */
export const dateSpecs: readonly FunctionSpec[] = describe('date', {
  'now()': { about: 'The present instant.', returns: 'instant', examples: { 'now()': '2026-05-01T12:30:00Z' } },
  'today(zone?)': {
    about: 'The present day.',
    parameters: { zone },
    returns: 'day',
    examples: { 'today()': '2026-05-01', 'today("Pacific/Auckland")': '2026-05-02' },
  },
  'makeDate(year, month, day, hour?, minute?, second?)': {
    about: 'A day, or a time when an hour is given.',
    parameters: {
      year: 'number: The year.',
      month: 'number: 1 to 12.',
      day: 'number: 1 to 31.',
      hour: 'number: 0 to 23.',
      minute: 'number: 0 to 59.',
      second: 'number: 0 to 59.',
    },
    returns: 'day or time',
    examples: { 'makeDate(2026, 5, 1)': '2026-05-01', 'makeDate(2026, 5, 1, 8, 30)': '2026-05-01T08:30:00' },
  },
  'addSeconds(date, amount, zone?)': {
    about: adds('seconds'),
    parameters: { date, amount, zone },
    returns: 'date',
    examples: { 'addSeconds("2026-05-01T10:00:00Z", 90)': '2026-05-01T10:01:30Z' },
  },
  'addMinutes(date, amount, zone?)': {
    about: adds('minutes'),
    parameters: { date, amount, zone },
    returns: 'date',
    examples: { 'addMinutes("2026-05-01T10:00", 45)': '2026-05-01T10:45:00' },
  },
  'addHours(date, amount, zone?)': {
    about: 'Adds hours of real time. Hours after a day begin at its midnight.',
    parameters: { date, amount, zone },
    returns: 'date',
    examples: {
      'addHours("2026-03-29T00:30:00Z", 1)': '2026-03-29T01:30:00Z',
      'addHours("2026-05-01", 8)': '2026-05-01T08:00:00',
    },
  },
  'addDays(date, amount, zone?)': {
    about: 'Adds days on the calendar: the clock shows the same time, also across a change to summer time.',
    parameters: { date, amount, zone },
    returns: 'date',
    examples: {
      'addDays("2026-02-27", 2)': '2026-03-01',
      'addDays("2026-03-28T11:00:00Z", 1, "Europe/Berlin")': '2026-03-29T10:00:00Z',
    },
  },
  'addWeeks(date, amount, zone?)': {
    about: adds('weeks'),
    parameters: { date, amount, zone },
    returns: 'date',
    examples: { 'addWeeks("2026-05-01", -1)': '2026-04-24' },
  },
  'addMonths(date, amount, zone?)': {
    about: 'Adds months; a day that the month lacks becomes its last.',
    parameters: { date, amount, zone },
    returns: 'date',
    examples: { 'addMonths("2026-01-31", 1)': '2026-02-28' },
  },
  'addYears(date, amount, zone?)': {
    about: 'Adds years; 29 February becomes 28 where there is none.',
    parameters: { date, amount, zone },
    returns: 'date',
    examples: { 'addYears("2024-02-29", 1)': '2025-02-28' },
  },
  'addWorkdays(date, amount, zone?)': {
    about: 'Adds days and leaves out Saturdays and Sundays.',
    parameters: { date, amount, zone },
    returns: 'date',
    examples: { 'addWorkdays("2026-05-01", 1)': '2026-05-04' },
  },
  'workdaysBetween(from, to, zone?)': {
    about: 'How many days from Monday to Friday lie between two dates, the first included.',
    parameters: { from: date, to: other, zone },
    returns: 'number',
    examples: { 'workdaysBetween("2026-05-01", "2026-05-08")': 5 },
  },
  'startOf(date, unit, zone?)': {
    about: 'The beginning of the unit of time around a date.',
    parameters: { date, unit, zone },
    returns: 'date',
    examples: {
      'startOf("2026-05-15", "month")': '2026-05-01',
      'startOf("2026-05-01T12:30:00Z", "day", "Europe/Berlin")': '2026-04-30T22:00:00Z',
      'startOf("2026-05-01", "week")': '2026-04-27',
    },
  },
  'endOf(date, unit, zone?)': {
    about: 'The end of the unit of time around a date: its last day, or its last millisecond.',
    parameters: { date, unit, zone },
    returns: 'date',
    examples: {
      'endOf("2026-02-10", "month")': '2026-02-28',
      'endOf("2026-05-01T12:30:00Z", "hour")': '2026-05-01T12:59:59.999Z',
    },
  },
  'diff(from, to, unit?, zone?)': {
    about: 'Whole units from one date to another; days when left out.',
    parameters: { from: date, to: other, unit, zone },
    returns: 'number',
    examples: {
      'diff("2026-05-01", "2026-05-08")': 7,
      'diff("2026-01-31", "2026-02-28", "month")': 1,
      'diff("2026-05-01T10:00:00Z", "2026-05-01T09:30:00Z", "minute")': -30,
    },
  },
  'isBefore(date, other, zone?)': {
    about: 'True when a date is before another.',
    parameters: { date, other, zone },
    returns: 'boolean',
    examples: { 'isBefore("2026-05-01", "2026-05-02")': true },
  },
  'isAfter(date, other, zone?)': {
    about: 'True when a date is after another.',
    parameters: { date, other, zone },
    returns: 'boolean',
    examples: { 'isAfter("2026-05-01", "2026-05-02")': false },
  },
  'isSame(date, other, unit?, zone?)': {
    about: 'True when two dates lie in the same unit of time; the same day when left out.',
    parameters: { date, other, unit, zone },
    returns: 'boolean',
    examples: { 'isSame("2026-05-01", "2026-05-31", "month")': true },
  },
  'earliest(...dates)': {
    about: 'The first of several dates, given one by one or as a list.',
    parameters: { dates: 'date or list of date: The dates.' },
    returns: 'date',
    examples: { 'earliest(["2026-05-02", "2026-05-01"])': '2026-05-01' },
  },
  'latest(...dates)': {
    about: 'The last of several dates, given one by one or as a list.',
    parameters: { dates: 'date or list of date: The dates.' },
    returns: 'date',
    examples: { 'latest("2026-05-02", null, "2026-05-01")': '2026-05-02' },
  },
  'dateRange(from, to, unit?)': {
    about: 'The dates from one to another, both included, by day when no unit is given.',
    parameters: { from: date, to: other, unit },
    returns: 'list of date',
    examples: {
      'dateRange("2026-05-01", "2026-05-03")': ['2026-05-01', '2026-05-02', '2026-05-03'],
      'dateRange("2026-01-31", "2026-03-31", "month")': ['2026-01-31', '2026-02-28', '2026-03-31'],
    },
  },
  'age(born, on?)': {
    about: 'Whole years since a date, today or on a day.',
    parameters: { born: date, on: 'date: The day; today when left out.' },
    returns: 'number',
    examples: { 'age("2000-05-02")': 25, 'age("2000-05-02", "2026-05-02")': 26 },
  },
  'daysInMonth(date)': {
    about: 'How many days the month of a date has.',
    parameters: { date },
    returns: 'number',
    examples: { 'daysInMonth("2024-02-10")': 29 },
  },
  'year(date, zone?)': {
    about: 'The year.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'year("2026-05-01")': 2026 },
  },
  'quarter(date, zone?)': {
    about: 'The quarter, 1 to 4.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'quarter("2026-05-01")': 2 },
  },
  'month(date, zone?)': {
    about: 'The month, 1 to 12.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'month("2026-05-01")': 5 },
  },
  'day(date, zone?)': {
    about: 'The day of the month.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'day("2026-05-01T23:30:00Z", "Europe/Berlin")': 2 },
  },
  'hour(date, zone?)': {
    about: 'The hour, 0 to 23.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'hour("2026-05-01T12:30:00Z", "Asia/Kolkata")': 18 },
  },
  'minute(date, zone?)': {
    about: 'The minute.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'minute("2026-05-01T12:30:00Z")': 30 },
  },
  'second(date, zone?)': {
    about: 'The second.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'second("2026-05-01T12:30:07Z")': 7 },
  },
  'weekday(date, zone?)': {
    about: 'The day of the week, 1 for Monday to 7 for Sunday.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'weekday("2026-05-01")': 5 },
  },
  'isoWeek(date, zone?)': {
    about: 'The ISO week of the year.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'isoWeek("2027-01-01")': 53 },
  },
  'isoWeekYear(date, zone?)': {
    about: 'The year that the ISO week belongs to.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'isoWeekYear("2027-01-01")': 2026 },
  },
  'dayOfYear(date, zone?)': {
    about: 'The day of the year from 1.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'dayOfYear("2026-02-01")': 32 },
  },
  'isWeekend(date, zone?)': {
    about: 'True for Saturday and Sunday.',
    parameters: { date, zone },
    returns: 'boolean',
    examples: { 'isWeekend("2026-05-02")': true },
  },
  'isLeapYear(date, zone?)': {
    about: 'True when the year of a date has 29 February.',
    parameters: { date, zone },
    returns: 'boolean',
    examples: { 'isLeapYear("2024-01-01")': true },
  },
  'datePart(date, zone?)': {
    about: 'The day of a time or instant.',
    parameters: { date, zone },
    returns: 'day',
    examples: { 'datePart("2026-05-01T23:30:00Z", "Europe/Berlin")': '2026-05-02' },
  },
  'timePart(date, zone?)': {
    about: 'The time of day.',
    parameters: { date, zone },
    returns: 'text',
    examples: { 'timePart("2026-05-01T23:30:00Z", "Europe/Berlin")': '01:30:00' },
  },
  'inZone(date, zone)': {
    about: 'The same instant as the clocks of a zone show it, with the offset from UTC.',
    parameters: { date, zone },
    returns: 'instant',
    examples: { 'inZone("2026-05-01T12:30:00Z", "America/New_York")': '2026-05-01T08:30:00-04:00' },
  },
  'fromZone(date, zone)': {
    about: 'The instant at which the clocks of a zone show a time.',
    parameters: { date, zone },
    returns: 'instant',
    examples: { 'fromZone("2026-05-01T08:30", "America/New_York")': '2026-05-01T12:30:00Z' },
  },
  'toUnix(date, zone?)': {
    about: 'Whole seconds since 1970.',
    parameters: { date, zone },
    returns: 'number',
    examples: { 'toUnix("1970-01-02")': 86400 },
  },
  'fromUnix(seconds)': {
    about: 'The instant of seconds since 1970.',
    parameters: { seconds: 'number: The seconds.' },
    returns: 'instant',
    examples: { 'fromUnix(86400)': '1970-01-02T00:00:00Z' },
  },
  'formatDate(date, pattern?, zone?, locale?)': {
    about:
      'Writes a date by a pattern: yyyy yy MMMM MMM MM M dd d EEEE EEE HH H hh h mm m ss s SSS a XXX (offset) w ww (ISO week) RRRR (its year) Q D, words in single quotes; or by a style: short, medium, long, full.',
    parameters: {
      date,
      pattern: 'text: The pattern or style; yyyy-MM-dd, with HH:mm for times, when left out.',
      zone,
      locale: 'text: A language tag; that of the app when left out.',
    },
    returns: 'text',
    examples: {
      'formatDate("2026-05-01", "EEEE, d MMMM yyyy")': 'Friday, 1 May 2026',
      'formatDate("2026-05-01T12:30:00Z", "dd.MM.yyyy HH:mm XXX", "Europe/Berlin")': '01.05.2026 14:30 +02:00',
      'formatDate("2026-05-01", "d. MMMM", "UTC", "de")': '1. Mai',
      'formatDate("2026-05-01T15:05", "medium")': 'May 1, 2026, 3:05 PM',
    },
  },
  'parseDate(text, pattern?, zone?)': {
    about:
      'Reads a date from ISO text, or by a pattern of digits as in formatDate; null when it is none. With a zone, a time becomes an instant.',
    parameters: {
      text: 'text: The text.',
      pattern: 'text: The pattern.',
      zone: 'text: The zone in which a time is meant.',
    },
    returns: 'date or null',
    examples: {
      'parseDate("01.05.2026", "dd.MM.yyyy")': '2026-05-01',
      'parseDate("5/1/2026 3:05 PM", "M/d/yyyy h:mm a", "UTC")': '2026-05-01T15:05:00Z',
      'parseDate("tomorrow")': null,
    },
  },
});
