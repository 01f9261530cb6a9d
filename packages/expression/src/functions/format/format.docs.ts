import { describe } from '../doc.ts';
import type { FunctionSpec } from '../spec.ts';

const value = 'number: The number; decimals may be given as text and keep all their digits.';
const digits = 'number: Places after the point; as many as needed when left out.';
const locale = 'text: A language tag such as "de-CH"; that of the app when left out.';

/** Documentation of the format functions. */
export const formatSpecs: readonly FunctionSpec[] = describe('format', {
  'formatNumber(value, digits?, locale?)': {
    about: 'Writes a number as people of a language do.',
    parameters: { value, digits, locale },
    returns: 'text',
    examples: {
      'formatNumber(1234.5)': '1,234.5',
      'formatNumber("12345678901234567890.10", 2)': '12,345,678,901,234,567,890.10',
      'formatNumber(1234.5, 2, "de")': '1.234,50',
    },
  },
  'formatCurrency(value, currency, locale?, digits?)': {
    about: 'Writes an amount of money.',
    parameters: { value, currency: 'text: The three letters of the currency.', locale, digits },
    returns: 'text',
    examples: { 'formatCurrency(1234.5, "USD")': '$1,234.50', 'formatCurrency("0.1", "EUR", "en-IE")': '€0.10' },
  },
  'formatPercent(value, digits?, locale?)': {
    about: 'Writes a share as percent: 0.25 is 25%.',
    parameters: { value: 'number: The share.', digits: 'number: Places after the point; 0 when left out.', locale },
    returns: 'text',
    examples: { 'formatPercent(0.256)': '26%', 'formatPercent(0.256, 1)': '25.6%' },
  },
  'formatCompact(value, locale?)': {
    about: 'Writes a large number shortly.',
    parameters: { value: 'number: The number.', locale },
    returns: 'text',
    examples: { 'formatCompact(1234567)': '1.2M' },
  },
  'formatBytes(value, digits?, binary?)': {
    about: 'Writes a size of data.',
    parameters: {
      value: 'number: The bytes.',
      digits: 'number: Places after the point; 1 when left out.',
      binary: 'boolean: True for KiB, MiB … of 1024.',
    },
    returns: 'text',
    examples: { 'formatBytes(1536000)': '1.5 MB', 'formatBytes(1024, 1, true)': '1 KiB', 'formatBytes(999)': '999 B' },
  },
  'formatOrdinal(value)': {
    about: 'Writes an English ordinal.',
    parameters: { value: 'number: A whole number.' },
    returns: 'text',
    examples: { 'formatOrdinal(22)': '22nd', 'formatOrdinal(111)': '111th' },
  },
  'pluralise(count, one, many?)': {
    about: 'A count with its word; the plural is the word with s when left out.',
    parameters: { count: 'number: The count.', one: 'text: The word for one.', many: 'text: The word for several.' },
    returns: 'text',
    examples: { 'pluralise(1, "ticket")': '1 ticket', 'pluralise(3, "person", "people")': '3 people' },
  },
  'formatRelativeTime(date, base?, locale?)': {
    about: 'How long ago or ahead a date is.',
    parameters: { date: 'date: The date.', base: 'date: From when; now when left out.', locale },
    returns: 'text',
    examples: {
      'formatRelativeTime("2026-05-01T10:30:00Z")': '2 hours ago',
      'formatRelativeTime("2026-05-02", "2026-05-01")': 'tomorrow',
    },
  },
  'formatDuration(seconds, style?)': {
    about: 'Writes a duration by its two greatest units, or as a clock.',
    parameters: { seconds: 'number: The seconds.', style: '"short" or "clock": How; "short" when left out.' },
    returns: 'text',
    examples: { 'formatDuration(3900)': '1 h 5 min', 'formatDuration(3900, "clock")': '1:05:00' },
  },
  'formatList(list, kind?, locale?)': {
    about: 'Joins items to a phrase.',
    parameters: {
      list: 'list: The items.',
      kind: '"and" or "or": The word before the last; "and" when left out.',
      locale,
    },
    returns: 'text',
    examples: { 'formatList(["a", "b", "c"])': 'a, b, and c', 'formatList(["a", "b"], "or")': 'a or b' },
  },
  'formatYesNo(value, yes?, no?)': {
    about: 'Writes a boolean; nothing as empty text.',
    parameters: {
      value: 'boolean: The boolean.',
      yes: 'text: For true; Yes when left out.',
      no: 'text: For false; No when left out.',
    },
    returns: 'text',
    examples: { 'formatYesNo(true)': 'Yes', 'formatYesNo(false, "on", "off")': 'off' },
  },
});
