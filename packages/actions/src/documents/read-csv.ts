import { inputError, type AppError } from '@fettle/base';
import { CsvError, parse } from 'csv-parse/sync';
import { uniqueNames } from '../services/unique-names.ts';

/** What is read, and how. */
export interface ReadCsvOptions {
  readonly text: string;
  /** Found out when absent. */
  readonly separator?: string;
  readonly hasHeader: boolean;
}

/** What the task gives, part by part. */
export type ReadCsvPart =
  | { readonly columns: readonly string[] }
  | { readonly rows: readonly Readonly<Record<string, string>>[] };

/** Separators by name. */
export const separators: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' };

const maxRows = 100_000;
const batchSize = 500;

/** Reads CSV. All values are texts. */
export async function* readCsv({ text, separator, hasHeader }: ReadCsvOptions): AsyncIterable<ReadCsvPart> {
  const lines = linesOf(text, separator ?? likelySeparator(text));
  const [first = []] = lines;
  const columns = hasHeader ? uniqueNames(first) : first.map((_, index) => `column${index + 1}`);
  yield { columns };
  for (let start = hasHeader ? 1 : 0; start < lines.length; start += batchSize) {
    yield {
      rows: lines
        .slice(start, start + batchSize)
        .map((line) => Object.fromEntries(columns.map((column, index) => [column, line[index] ?? '']))),
    };
  }
}

function linesOf(text: string, delimiter: string): readonly (readonly string[])[] {
  try {
    const lines = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: maxRows + 2,
    });
    if (lines.length > maxRows + 1) throw tooLarge();
    return lines;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw inputError({
      code: 'csv.invalid',
      message: `The CSV cannot be read: ${error.message.slice(0, 300)}`,
      hint: 'Look at the quotes around that line, and at the separator.',
    });
  }
}

/** The separator that the first line has most of, outside of quotes. */
function likelySeparator(text: string): string {
  const line = (/^[^\n]*/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const count = (separator: string): number => line.split(separator).length;
  return Object.values(separators).reduce((best, one) => (count(one) > count(best) ? one : best), ',');
}

function tooLarge(): AppError {
  return inputError({
    code: 'csv.too-large',
    message: `The CSV is too large: a step reads ${maxRows} rows at most.`,
    hint: 'Split it.',
  });
}
