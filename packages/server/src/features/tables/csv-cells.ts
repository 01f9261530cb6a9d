import type { Json } from '@fettle/base';
import type { ColumnType } from '@fettle/sdk';

/** Column types whose values are numbers: a minus sign in them is no formula. */
const numberTypes: ReadonlySet<ColumnType> = new Set(['integer', 'decimal', 'number']);
// What a spreadsheet takes for the start of a formula, also in full width, behind any apostrophes.
const formulaStart = /^'*[\s"]*[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/;
const needsQuotes = /[",;\t\r\n]/;

/**
 * One value as a CSV cell. A text that a spreadsheet would run as a formula gets an apostrophe in front; reading it
 * back with {@link textOfCell} gives the text again. Null is an empty cell, an empty text is `""`.
 */
export function csvCell(value: Json | undefined, type: ColumnType | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text === '') return '""';
  const isNumber = type !== undefined && numberTypes.has(type) && /^[+-]?\d+(\.\d+)?$/.test(text);
  const safe = !isNumber && formulaStart.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) || safe.trim() !== safe ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text behind a cell: without the apostrophe that guards formulas. */
export function textOfCell(cell: string): string {
  return cell.startsWith("'") && formulaStart.test(cell) ? cell.slice(1) : cell;
}
