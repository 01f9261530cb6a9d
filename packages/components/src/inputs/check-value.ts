import { isEmailAddress, isWebAddress, type ColumnDescription } from '@fettle/sdk';
import { isDateText, isInstantText, isLocalDateTimeText, isTimeText } from './date-text.ts';
import { compareDigits, countDigits, numberDigits } from './number-text.ts';
import { valueKindOf, type ValueKind } from './value-kind.ts';

/** Rules that a builder adds to an input, on top of what the column itself demands. */
export interface ValueRules {
  readonly min?: string | number;
  readonly max?: string | number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** Said instead of the standard words when a rule is broken. */
  readonly message?: string;
}

/** True when nothing was entered. */
export function isEmptyValue(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

const uuidExpression = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What is wrong with a value for its column, in words; the server keeps to the same rules. */
export function checkColumnValue(column: ColumnDescription, value: unknown): string | undefined {
  if (isEmptyValue(value)) return undefined;
  const kind = valueKindOf(column);
  const complaint = checkKind(kind, value);
  if (complaint !== undefined) return complaint;
  if (column.type === 'uuid' && !uuidExpression.test(String(value))) {
    return 'Enter a UUID such as 6f1c2d0e-7a53-4c0b-9a53-0a4f3a1b2c3d.';
  }
  if (column.maxLength !== undefined && typeof value === 'string' && [...value].length > column.maxLength) {
    return `Use at most ${column.maxLength} characters; this has ${[...value].length}.`;
  }
  if (kind === 'select' && column.options !== undefined && !column.options.includes(String(value))) {
    return `Choose one of: ${column.options.join(', ')}.`;
  }
  if (kind === 'multiSelect' && column.options !== undefined && Array.isArray(value)) {
    const unknown = value.find((item) => !column.options?.includes(String(item)));
    if (unknown !== undefined) return `“${String(unknown)}” is not one of the options.`;
  }
  return column.type === 'decimal' ? checkPrecision(column, String(value)) : undefined;
}

function checkPrecision(column: ColumnDescription, text: string): string | undefined {
  const digits = countDigits(text);
  if (column.scale !== undefined && digits.fraction > column.scale) {
    return column.scale === 0 ? 'Enter a whole number.' : `Use at most ${column.scale} digits after the point.`;
  }
  if (column.precision !== undefined && digits.whole > column.precision - (column.scale ?? 0)) {
    return `Use at most ${column.precision - (column.scale ?? 0)} digits before the point.`;
  }
  return undefined;
}

/** What is wrong with a value for its kind. */
export function checkKind(kind: ValueKind, value: unknown): string | undefined {
  if (isEmptyValue(value)) return undefined;
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'integer':
      return /^-?\d+$/.test(numberDigits(value) ?? '') ? undefined : 'Enter a whole number.';
    case 'decimal':
    case 'number':
      return numberDigits(value) === undefined ? 'Enter a number.' : undefined;
    case 'email':
      return isEmailAddress(text) ? undefined : 'Enter an e-mail address such as name@example.com.';
    case 'url':
      return isWebAddress(text) ? undefined : 'Enter an address that begins with https:// or http://.';
    case 'date':
      return isDateText(text) ? undefined : 'Enter a date.';
    case 'time':
      return isTimeText(text) ? undefined : 'Enter a time.';
    case 'datetime':
      return isLocalDateTimeText(text) ? undefined : 'Enter a date and a time.';
    case 'timestamp':
      return isInstantText(text) ? undefined : 'Enter a date and a time.';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'Choose yes or no.';
    default:
      return undefined;
  }
}

/** What is wrong with a value under a builder's rules. */
export function checkRules(kind: ValueKind, rules: ValueRules, value: unknown): string | undefined {
  if (isEmptyValue(value)) return undefined;
  const complaint = checkRange(kind, rules, value) ?? checkLength(rules, value) ?? checkPattern(rules, value);
  return complaint === undefined ? undefined : (nonEmpty(rules.message) ?? complaint);
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : text;
}

function checkRange(kind: ValueKind, rules: ValueRules, value: unknown): string | undefined {
  if (!isEmptyValue(rules.min) && compare(kind, value, rules.min) < 0) return `Enter ${String(rules.min)} or more.`;
  if (!isEmptyValue(rules.max) && compare(kind, value, rules.max) > 0) return `Enter ${String(rules.max)} or less.`;
  return undefined;
}

function compare(kind: ValueKind, value: unknown, limit: unknown): number {
  const [a, b] = [numberDigits(value), numberDigits(limit)];
  if (kind === 'integer' || kind === 'decimal' || kind === 'number') {
    return a === undefined || b === undefined ? 0 : compareDigits(a, b);
  }
  // ISO dates and times sort as text; other kinds have no range.
  const isTemporal = kind === 'date' || kind === 'time' || kind === 'datetime' || kind === 'timestamp';
  if (!isTemporal) return 0;
  return String(value) < String(limit) ? -1 : String(value) > String(limit) ? 1 : 0;
}

function checkLength(rules: ValueRules, value: unknown): string | undefined {
  const isList = Array.isArray(value);
  if (!isList && typeof value !== 'string') return undefined;
  const length = isList ? value.length : [...(value as string)].length;
  const unit = isList ? 'entries' : 'characters';
  if (rules.minLength !== undefined && length < rules.minLength) return `Use at least ${rules.minLength} ${unit}.`;
  if (rules.maxLength !== undefined && length > rules.maxLength)
    return `Use at most ${rules.maxLength} ${unit}; this has ${length}.`;
  return undefined;
}

function checkPattern(rules: ValueRules, value: unknown): string | undefined {
  if (rules.pattern === undefined || rules.pattern === '' || typeof value !== 'string') return undefined;
  try {
    return new RegExp(`^(?:${rules.pattern})$`, 'u').test(value) ? undefined : 'This does not have the expected form.';
  } catch {
    // A broken pattern is the builder's mistake and must not lock people out of the form.
    return undefined;
  }
}
