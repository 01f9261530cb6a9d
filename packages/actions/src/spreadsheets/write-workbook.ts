import { inputError, isJsonObject, type Json } from '@fettle/base';
import { writeXlsxStream, type ColumnDef } from 'hucre/xlsx';
import { cellOf, hasTime, type CellValue, type Conversion } from './cell-values.ts';

/** How a workbook is written. */
export interface WriteWorkbookOptions {
  readonly sheet: string;
  /** All that the first rows have when empty. */
  readonly columns: readonly string[];
  readonly conversion: Conversion;
  readonly timeZone: string;
}

/** Rows as the task gets them: objects of values by column. */
export type RowBatch = readonly Json[];

const longestText = 32_767;
const maxColumns = 1_000;

/** Batches of rows in, bytes of an XLSX file out. The first batch says which columns there are and which hold times. */
export async function* writeWorkbook(
  options: WriteWorkbookOptions,
  input: AsyncIterable<RowBatch>,
): AsyncIterable<Uint8Array> {
  const batches = input[Symbol.asyncIterator]();
  const first = await batches.next();
  const firstRows: RowBatch = first.done === true ? [] : first.value;
  const columns = options.columns.length > 0 ? options.columns : namesOf(firstRows);
  if (columns.length > maxColumns) throw tooManyColumns();
  let number = 0;
  const cells = (row: Json): CellValue[] => {
    number += 1;
    return columns.map((column) => {
      const value = cellOf(isJsonObject(row) ? row[column] : null, options.conversion, options.timeZone);
      if (typeof value === 'string' && value.length > longestText) throw tooLong(column, number);
      return value;
    });
  };
  const head = firstRows.map(cells);
  async function* rows(): AsyncIterable<CellValue[]> {
    yield* head;
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop
      const batch = await batches.next();
      if (batch.done === true) return;
      for (const row of batch.value) yield cells(row);
    }
  }
  yield* writeXlsxStream(rows(), {
    name: options.sheet,
    freezePane: { rows: 1 },
    columns: columns.map((header, index) => columnOf(header, head, index)),
  }) as AsyncIterable<Uint8Array>;
}

function namesOf(rows: RowBatch): readonly string[] {
  return [...new Set(rows.flatMap((row) => (isJsonObject(row) ? Object.keys(row) : [])))];
}

function columnOf(header: string, head: readonly CellValue[][], index: number): ColumnDef {
  const shown = head.slice(0, 100).map((row) => row[index] ?? null);
  const longest = shown.reduce<number>((most, value) => Math.max(most, widthOf(value)), header.length);
  const column = { header, width: Math.min(60, longest + 2) };
  if (shown.some(hasTime)) return { ...column, numFmt: 'yyyy-mm-dd hh:mm:ss' };
  return shown.some((value) => value instanceof Date) ? { ...column, numFmt: 'yyyy-mm-dd' } : column;
}

function widthOf(value: CellValue): number {
  if (value instanceof Date) return hasTime(value) ? 19 : 10;
  return value === null ? 0 : String(value).length;
}

function tooLong(column: string, row: number) {
  return inputError({
    code: 'workbook.text-too-long',
    message: `"${column.slice(0, 100)}" of row ${row} has more than ${longestText} characters, which no cell can hold.`,
    hint: 'Leave the column out, or shorten it.',
  });
}

function tooManyColumns() {
  return inputError({
    code: 'workbook.too-many-columns',
    message: `The sheet would have more than ${maxColumns} columns.`,
    hint: 'Name the columns that are needed.',
  });
}
