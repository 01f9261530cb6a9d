import type { Readable } from 'node:stream';
import { inputError, type Json, type Problem } from '@fettle/base';
import type { ColumnDescription, Row, TableDescription } from '@fettle/sdk';
import { stampCreate } from './actor-stamps.ts';
import { convertCell, leaveOut } from './convert-cell.ts';
import { readCsv, type CsvContent } from './read-csv.ts';
import type { TableCall, Tables } from './tables.service.ts';

const importTimeoutMs = 300_000;
const maxProblems = 50;

/** Adds the rows of a CSV to a table: all of them in one transaction, or none. */
export async function importCsv(
  tables: Tables,
  call: TableCall,
  given: { readonly source: Readable; readonly now: number },
): Promise<number> {
  const ready = await tables.prepare(call, importTimeoutMs);
  const content = await readCsv(given.source, call.signal);
  const columns = mapHeader(content.header, ready.table);
  const rows = convertRows(content, columns).map((row) =>
    stampCreate(ready.table, row, { actor: call.actor, now: given.now }),
  );
  if (rows.length === 0) return 0;
  await ready.source.run(() => tables.store(call, ready, rows));
  return rows.length;
}

/** The column of each header name: by its name, else ignoring case and punctuation. */
export function mapHeader(header: readonly string[], table: TableDescription): readonly ColumnDescription[] {
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const bySimple = new Map(table.columns.map((column) => [simple(column.name), column]));
  const problems: Problem[] = [];
  const columns: ColumnDescription[] = [];
  for (const [index, name] of header.entries()) {
    const column = byName.get(name) ?? bySimple.get(simple(name));
    const complaint = complainAbout(column, columns, table);
    if (column !== undefined && complaint === undefined) columns.push(column);
    else problems.push({ path: `/header/${index}`, message: `"${name}": ${complaint ?? 'not usable.'}` });
  }
  if (problems.length === 0) return columns;
  throw inputError({
    code: 'csv.columns-unknown',
    message:
      `The first line names columns that cannot be filled: ${problems.map(({ message }) => message).join(' ')}`.slice(
        0,
        1000,
      ),
    hint: `Columns of "${table.name}": ${table.columns.map((column) => column.name).join(', ')}.`.slice(0, 1000),
    problems: problems.slice(0, maxProblems),
  });
}

function complainAbout(
  column: ColumnDescription | undefined,
  taken: readonly ColumnDescription[],
  table: TableDescription,
): string | undefined {
  if (column === undefined) return `there is no such column in "${table.name}".`;
  if (column.generated) return 'the database fills it.';
  return taken.includes(column) ? 'it is there twice.' : undefined;
}

/** Rows with typed values. Throws with the row and column of everything that does not fit. */
export function convertRows(content: CsvContent, columns: readonly ColumnDescription[]): readonly Row[] {
  const problems: Problem[] = [];
  const rows: Row[] = [];
  for (const [index, cells] of content.rows.entries()) {
    if (problems.length >= maxProblems) break;
    const line = index + 2;
    if (cells.length !== columns.length) {
      problems.push({
        path: `/rows/${line}`,
        message: `Row ${line} has ${cells.length} cells; the first line has ${columns.length}.`,
      });
      continue;
    }
    const row: Record<string, Json> = {};
    for (const [position, column] of columns.entries()) {
      const converted = convertCell(cells[position] ?? { text: '', isQuoted: false }, column);
      if (!converted.ok)
        problems.push({
          path: `/rows/${line}/${column.name}`,
          message: `Row ${line}, column "${column.name}": ${converted.error}`,
        });
      else if (converted.value !== leaveOut) row[column.name] = converted.value;
    }
    rows.push(row);
  }
  if (problems.length === 0) return rows;
  throw inputError({
    code: 'csv.values-invalid',
    message: `Nothing was imported. ${problems
      .slice(0, 3)
      .map(({ message }) => message)
      .join(' ')}`,
    hint: 'Correct the places that are named and import the whole file again.',
    problems: problems.slice(0, maxProblems),
  });
}

function simple(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
