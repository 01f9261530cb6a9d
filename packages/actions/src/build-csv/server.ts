import { setImmediate } from 'node:timers/promises';
import { inputError, isJsonObject, type Json } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { listOf, required } from '../required.ts';
import { withinLimit } from '../services/stored-text.ts';

const separators: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', tab: '\t' };

/** See {@link buildCsvManifest}: RFC 4180 with a header line. */
export const action: FlowActionImplementation = {
  run: async ({ settings, signal }) => {
    signal.throwIfAborted();
    const rows = listOf<Json>(required(settings['rows'], 'Give a list of rows.'));
    const objects = rows.map((row, index) => {
      if (isJsonObject(row)) return row;
      throw inputError({
        code: 'action.row-invalid',
        message: `Item ${index + 1} of the list is not a row.`,
        hint: 'Give a list of objects with values by column.',
      });
    });
    const named = listOf<string>(settings['columns']);
    const columns = named.length > 0 ? named : [...new Set(objects.flatMap((row) => Object.keys(row)))];
    const separator = separators[String(settings['separator'])] ?? ',';
    const line = (cells: readonly Json[]): string =>
      `${cells.map((cell) => cellOf(cell, separator)).join(separator)}\r\n`;
    let text = line(columns);
    for (const [index, row] of objects.entries()) {
      text += line(columns.map((column) => row[column] ?? null));
      if (index % 1000 !== 999) continue;
      // Others wait for this thread.
      // oxlint-disable-next-line no-await-in-loop
      await setImmediate();
      signal.throwIfAborted();
      withinLimit(text, 'CSV');
    }
    return { text: withinLimit(text, 'CSV'), count: objects.length };
  },
};

function cellOf(value: Json, separator: string): string {
  const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  // A spreadsheet would run it as a formula; numbers are none.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return safe.includes(separator) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
