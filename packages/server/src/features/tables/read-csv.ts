import type { Readable } from 'node:stream';
import type { CsvError } from 'csv-parse';
import { AppError, inputError } from '@fettle/base';

/** A cell: its text, and whether it stood in quotes (an empty text then, not a missing value). */
export interface CsvCell {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** A CSV, read whole. */
export interface CsvContent {
  readonly header: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
}

/** How large a CSV may be. */
export const csvLimits = {
  bytes: 100 * 1024 * 1024,
  rows: 200_000,
  columns: 1000,
  recordBytes: 2 * 1024 * 1024,
} as const;

const sniffBytes = 64 * 1024;
const delimiters = [',', ';', '\t', '|'] as const;

/** Reads a CSV from a stream: UTF-8 or UTF-16, with or without mark, parted by comma, semicolon, tab or bar. */
export async function readCsv(source: Readable, signal: AbortSignal): Promise<CsvContent> {
  const text = await readText(source, signal);
  if (text.trim() === '') throw refuse('csv.empty', 'The file is empty.', 'Its first line names the columns.');
  const { parse } = await import('csv-parse');
  const parser = parse(text, {
    delimiter: sniffDelimiter(text.slice(0, sniffBytes)),
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: csvLimits.recordBytes,
    cast: (value, context): unknown => ({ text: value, isQuoted: context.quoting }),
  });
  const rows: (readonly CsvCell[])[] = [];
  let header: readonly string[] | undefined;
  try {
    for await (const record of parser as AsyncIterable<readonly CsvCell[]>) {
      if (header === undefined) {
        header = checkHeader(record);
        continue;
      }
      if (rows.length >= csvLimits.rows) {
        throw refuse(
          'csv.too-many-rows',
          `A file can hold ${csvLimits.rows.toLocaleString('en')} rows at most.`,
          'Split it.',
        );
      }
      rows.push(record);
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw unreadable(error as CsvError);
  }
  return { header: header ?? [], rows };
}

async function readText(source: Readable, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    size += chunk.length;
    if (size > csvLimits.bytes) {
      throw new AppError('too-large', {
        code: 'csv.too-large',
        message: 'The file is larger than 100 MB.',
        hint: 'Split it.',
      });
    }
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks));
}

function decode(bytes: Buffer): string {
  const [first, second, third, fourth] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? 'utf-16le'
      : first === 0xfe && second === 0xff
        ? 'utf-16be'
        : second === 0 && fourth === 0 && first !== 0
          ? 'utf-16le'
          : first === 0 && third === 0 && second !== 0
            ? 'utf-16be'
            : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw refuse('csv.encoding', 'The file is not text in UTF-8 or UTF-16.', 'Save it as "CSV UTF-8" and try again.');
  }
}

/** The character that parts most of the first lines in the same way. */
function sniffDelimiter(text: string): string {
  const line = firstLine(text);
  const counts = delimiters.map((delimiter) => [delimiter, countOutsideQuotes(line, delimiter)] as const);
  const best = counts.reduce((a, b) => (b[1] > a[1] ? b : a));
  return best[1] === 0 ? ',' : best[0];
}

function firstLine(text: string): string {
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === '\n' || character === '\r')) return text.slice(0, index);
  }
  return text;
}

function countOutsideQuotes(line: string, delimiter: string): number {
  let isQuoted = false;
  let count = 0;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && character === delimiter) count += 1;
  }
  return count;
}

function checkHeader(record: readonly CsvCell[]): readonly string[] {
  if (record.length > csvLimits.columns) {
    throw refuse('csv.too-many-columns', `A file can hold ${csvLimits.columns} columns at most.`, 'Leave columns out.');
  }
  const header = record.map(({ text }) => text.trim());
  const empty = header.indexOf('');
  if (empty !== -1)
    throw refuse('csv.header-empty', `Column ${empty + 1} has no name in the first line.`, 'Name every column.');
  const seen = new Set<string>();
  for (const name of header) {
    if (name.length > 260)
      throw refuse('csv.header-long', 'A column name in the first line is too long.', 'Is the first line missing?');
    if (seen.has(name.toLowerCase()))
      throw refuse(
        'csv.header-duplicate',
        `The column "${name}" stands twice in the first line.`,
        'Rename one of them.',
      );
    seen.add(name.toLowerCase());
  }
  return header;
}

function unreadable(error: CsvError): AppError {
  const line = typeof error['lines'] === 'number' ? ` near line ${String(error['lines'])}` : '';
  const isLarge = error.code === 'CSV_MAX_RECORD_SIZE';
  return inputError({
    code: isLarge ? 'csv.record-too-large' : 'csv.malformed',
    message: isLarge ? `A row is larger than 2 MB${line}.` : `The file cannot be read as CSV${line}.`,
    hint: 'Check for a quote that is not closed.',
    cause: error,
  });
}

function refuse(code: string, message: string, hint: string): AppError {
  return inputError({ code, message, hint });
}
