import { AppError, inputError, type Json } from '@fettle/base';
import { readXlsx, streamXlsxRows } from 'hucre/xlsx';
import { uniqueNames } from '../services/unique-names.ts';
import { jsonOf } from './cell-values.ts';
import { checkArchive, notReadable } from './check-archive.ts';

/** Which part of a workbook is read. */
export interface ReadWorkbookOptions {
  readonly bytes: Uint8Array;
  /** Name of the sheet; the first one when absent. */
  readonly sheet?: string;
  /** Number of the first row that counts, from 1. */
  readonly firstRow: number;
  readonly hasHeader: boolean;
  /** Rows that are given; more make `hasMore` true. */
  readonly maxRows: number;
}

/** What the task gives, part by part: rows, and at last their columns and whether there are more. */
export type ReadWorkbookPart =
  | { readonly rows: readonly Readonly<Record<string, Json>>[] }
  | { readonly columns: readonly string[]; readonly hasMore: boolean };

const maxUnpackedBytes = 256 * 1024 * 1024;
const maxColumns = 1_000;
const maxCells = 5_000_000;
const batchSize = 500;

/** The rows of one sheet. Formulas are not run: their cells say what they said when the file was saved. */
export async function* readWorkbook(options: ReadWorkbookOptions): AsyncIterable<ReadWorkbookPart> {
  checkArchive(options.bytes, maxUnpackedBytes);
  let columns: readonly string[] = [];
  let isHeader = options.hasHeader;
  let batch: Readonly<Record<string, Json>>[] = [];
  let count = 0;
  let hasMore = false;
  for await (const cells of sheetRows(options)) {
    if (isHeader) {
      columns = uniqueNames(cells.map((cell) => (cell === null ? '' : String(cell))));
      isHeader = false;
      continue;
    }
    if (count >= options.maxRows) {
      hasMore = true;
      break;
    }
    // A row may be longer than those above it.
    if (cells.length > columns.length) columns = uniqueNames(cells.map((_, index) => columns[index] ?? ''));
    count += 1;
    if (count * columns.length > maxCells) throw tooManyCells();
    batch.push(Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? null])));
    if (batch.length < batchSize) continue;
    yield { rows: batch };
    batch = [];
  }
  if (batch.length > 0) yield { rows: batch };
  yield { columns, hasMore };
}

/** Rows with something in them, as JSON. */
async function* sheetRows({ bytes, sheet, firstRow }: ReadWorkbookOptions): AsyncIterable<readonly Json[]> {
  let isEmpty = true;
  try {
    for await (const { index, values } of streamXlsxRows(bytes, sheet === undefined ? {} : { sheet })) {
      isEmpty = false;
      if (index + 1 < firstRow) continue;
      const cells = values.map(jsonOf);
      const last = cells.findLastIndex((cell) => cell !== null && cell !== '');
      if (last >= maxColumns) throw tooManyCells();
      if (last >= 0) yield cells.slice(0, last + 1);
    }
  } catch (error) {
    throw error instanceof AppError ? error : notReadable(error);
  }
  // The library gives no rows of a sheet that is not there.
  if (isEmpty && sheet !== undefined) await assertSheet(bytes, sheet);
}

async function assertSheet(bytes: Uint8Array, sheet: string): Promise<void> {
  const names: string[] = [];
  const lookOnly = ({ name }: { readonly name: string }): boolean => {
    names.push(name);
    return false;
  };
  await readXlsx(bytes, { sheets: lookOnly });
  if (names.includes(sheet)) return;
  throw inputError({
    code: 'workbook.sheet-unknown',
    message: `There is no sheet "${sheet.slice(0, 100)}" in the file.`,
    hint: `Choose one of these: ${names.slice(0, 20).join(', ')}.`,
  });
}

function tooManyCells(): AppError {
  return new AppError('too-large', {
    code: 'workbook.too-many-cells',
    message: `The sheet has more than ${maxColumns} columns, or more than ${maxCells} cells.`,
    hint: 'Save only what is needed.',
  });
}
