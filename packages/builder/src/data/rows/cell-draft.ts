import { fail, ok, type Json, type Result } from '@fettle/base';
import type { ColumnDescription, Row, TableDescription } from '@fettle/sdk';

/** A value while it is edited: a text, a list of options, or null. Undefined: not given. */
export type CellDraft = string | readonly string[] | null | undefined;

/** What of a column decides how a draft is read. */
export type DraftColumn = Pick<ColumnDescription, 'type' | 'nullable'> &
  Partial<Pick<ColumnDescription, 'meaning' | 'maxLength'>>;

const filledByServer: ReadonlySet<string> = new Set(['autoNumber', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy']);

/** True when people can write the column. */
export function isEditable(column: ColumnDescription): boolean {
  if (column.generated || column.type === 'unknown' || column.type === 'binary') return false;
  return column.meaning === undefined || !filledByServer.has(column.meaning);
}

/** A stored value as it is edited. */
export function draftOf(column: DraftColumn, value: Json | undefined): CellDraft {
  if (value === undefined || value === null) return null;
  if (column.meaning === 'multiSelect' && Array.isArray(value)) return value.map(String);
  if (column.type === 'timestamp') return localInput(String(value));
  if (typeof value === 'object' || column.type === 'json') return JSON.stringify(value, null, 2);
  return String(value);
}

/** The value of a draft in the wire form of its column, or what is wrong with it. */
export function valueOf(column: DraftColumn, draft: CellDraft): Result<Json, string> {
  if (draft === null || draft === undefined) return column.nullable ? ok(null) : fail('A value is needed.');
  if (typeof draft !== 'string') return ok([...draft]);
  const isText = column.type === 'text' || column.type === 'longText';
  if (draft === '' && !isText) return column.nullable ? ok(null) : fail('A value is needed.');
  if (column.maxLength !== undefined && isText && [...draft].length > column.maxLength) {
    return fail(`At most ${column.maxLength} characters.`);
  }
  return readText(column, draft);
}

function readText(column: DraftColumn, text: string): Result<Json, string> {
  switch (column.type) {
    case 'integer':
      return readInteger(text.trim());
    case 'decimal':
      return /^[+-]?\d+(\.\d+)?$/.test(text.trim())
        ? ok(text.trim().replace(/^\+/, ''))
        : fail('Give a number such as 1234.50.');
    case 'number':
      return Number.isFinite(Number(text)) ? ok(Number(text)) : fail('Give a number.');
    case 'boolean':
      return text === 'true' ? ok(true) : text === 'false' ? ok(false) : fail('Choose yes or no.');
    case 'timestamp':
      return readInstant(text);
    case 'datetime':
      return ok(text.length === 16 ? `${text}:00` : text);
    case 'time':
      return ok(text.length === 5 ? `${text}:00` : text);
    case 'json':
    case 'array':
      return readJson(column, text);
    default:
      return ok(text);
  }
}

function readInteger(text: string): Result<Json, string> {
  if (!/^[+-]?\d{1,30}$/.test(text)) return fail('Give a whole number.');
  const number = Number(text);
  return ok(Number.isSafeInteger(number) ? number : text.replace(/^\+/, ''));
}

function readInstant(text: string): Result<Json, string> {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? fail('Give a date and a time.') : ok(moment.toISOString());
}

function readJson(column: DraftColumn, text: string): Result<Json, string> {
  try {
    const value = JSON.parse(text) as Json;
    return column.type === 'array' && !Array.isArray(value) ? fail('Give a list such as [1, 2].') : ok(value);
  } catch {
    return fail('This is not JSON yet.');
  }
}

/** An instant as the reader's own date and time, for an input. Parts that are zero are left out. */
function localInput(instant: string): string {
  const moment = new Date(instant);
  if (Number.isNaN(moment.getTime())) return instant;
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString();
  return local.slice(0, moment.getMilliseconds() === 0 ? 19 : 23);
}

/** Drafts of all columns of a row. */
export type RowDraft = Readonly<Record<string, CellDraft>>;

/** The drafts a form starts from; a new row starts with nothing. */
export function rowDraft(table: TableDescription, row: Row | undefined): RowDraft {
  if (row === undefined) return {};
  return Object.fromEntries(table.columns.map((column) => [column.name, draftOf(column, row[column.name])]));
}

/** The values that a form would write, and what is wrong, by column. */
export interface RowChanges {
  readonly values: Record<string, Json>;
  readonly problems: Record<string, string>;
}

/** What changed between the start of a form and now. Of a new row: everything that was given. */
export function changesOf(table: TableDescription, start: RowDraft, now: RowDraft, isNew: boolean): RowChanges {
  const values: Record<string, Json> = {};
  const problems: Record<string, string> = {};
  for (const column of table.columns) {
    if (!isEditable(column)) continue;
    const draft = now[column.name];
    if (isNew ? draft === undefined && !isNeeded(column) : sameDraft(start[column.name], draft)) continue;
    const value = valueOf(column, draft);
    if (value.ok) values[column.name] = value.value;
    else problems[column.name] = value.error;
  }
  return { values, problems };
}

/** True when a new row must give the column. */
export function isNeeded(column: ColumnDescription): boolean {
  return isEditable(column) && !column.nullable && !column.hasDefault;
}

function sameDraft(a: CellDraft, b: CellDraft): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
