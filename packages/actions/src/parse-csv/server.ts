import { inputError } from '@fettle/base';
import type { FlowActionContext, FlowActionImplementation } from '@fettle/sdk/server';
import { CsvError, parse } from 'csv-parse/sync';
import { optionalText, required } from '../required.ts';
import { fileIdOf } from '../services/file-content.ts';
import { uniqueNames } from '../services/unique-names.ts';

const maxRows = 100_000;
const maxCharacters = 20_000_000;
const separators: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' };

/** See {@link parseCsvManifest}. */
export const action: FlowActionImplementation = {
  async run(context) {
    context.signal.throwIfAborted();
    const text = await sourceText(context);
    if (text.length > maxCharacters) throw tooLarge();
    const delimiter = separators[String(context.settings['separator'])] ?? likelySeparator(text);
    const lines = readLines(text, delimiter);
    const [first = []] = lines;
    const hasHeader = context.settings['hasHeader'] !== false;
    const columns = hasHeader ? uniqueNames(first) : first.map((_, index) => `column${index + 1}`);
    const rows = (hasHeader ? lines.slice(1) : lines).map((line) =>
      Object.fromEntries(columns.map((column, index) => [column, line[index] ?? ''])),
    );
    return { rows, columns, count: rows.length };
  },
};

async function sourceText({ settings, files }: FlowActionContext): Promise<string> {
  const text = optionalText(settings['text']);
  if (text !== undefined) return text;
  const file = await files.read(fileIdOf(required(settings['file'], 'Give the CSV as text or as a file.')));
  return new TextDecoder().decode(file.bytes);
}

function readLines(text: string, delimiter: string): readonly (readonly string[])[] {
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

function tooLarge() {
  return inputError({
    code: 'csv.too-large',
    message: `The CSV is too large: a step reads ${maxRows} rows at most.`,
    hint: 'Split it.',
  });
}
