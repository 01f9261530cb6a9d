import { setImmediate } from 'node:timers/promises';
import type { Sort } from '@fettle/access';
import { AppError, inputError, isJsonObject, type Json } from '@fettle/base';
import type { FlowActionContext, FlowActionImplementation } from '@fettle/sdk/server';
import { runTask } from '../off-thread/run-task.ts';
import { listOf, optionalText, required, requiredText } from '../required.ts';
import { filterOf, placeOf } from '../rows/row-request.ts';
import type { RowBatch, WriteWorkbookOptions } from '../spreadsheets/write-workbook.ts';

const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const maxRows = 1_000_000;
const maxBytes = 50 * 1024 * 1024;
const batchSize = 500;
const smallRows = 200;

/** See {@link buildXlsxManifest}. Rows of a table go through page by page: they are never all here. */
export const action: FlowActionImplementation = {
  describe: ({ name }) => `Store the spreadsheet ${(optionalText(name) ?? 'without a name').slice(0, 200)}`,

  async run(context) {
    const { settings, files, signal } = context;
    signal.throwIfAborted();
    const name = fileName(requiredText(settings['name'], 'Give the file a name.'));
    const isTable = settings['source'] === 'table';
    const rows = isTable ? undefined : rowsIn(settings['rows']);
    let count = 0;
    async function* counted(): AsyncIterable<RowBatch> {
      for await (const batch of rows === undefined ? tableRows(context) : batchesOf(rows)) {
        count += batch.length;
        if (count > maxRows) throw tooLarge(`more than ${maxRows} rows`);
        yield batch;
      }
    }
    const isSmall = rows !== undefined && rows.length <= smallRows;
    const parts = runTask({ task: 'write-workbook', options: optionsOf(context), input: counted(), isSmall, signal });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of parts as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge('more than 50 MB');
      chunks.push(chunk);
    }
    signal.throwIfAborted();
    const id = await files.write({ name, type, bytes: Buffer.concat(chunks) });
    return { id, name, type, size, count };
  },
};

function optionsOf({ settings, timeZone }: FlowActionContext): WriteWorkbookOptions {
  const convert = settings['convert'];
  const zone = optionalText(settings['timeZone']) ?? timeZone;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch (cause) {
    throw inputError({
      code: 'action.time-zone-unknown',
      message: `There is no time zone "${zone.slice(0, 60)}".`,
      hint: 'Write it such as Europe/Berlin.',
      cause,
    });
  }
  return {
    // What sheet names may not have, and how long they may be.
    sheet: (optionalText(settings['sheet']) ?? 'Sheet1').replaceAll(/[[\]:*?/\\]|^'|'$/g, '_').slice(0, 31),
    columns: listOf<string>(settings['columns']),
    conversion: convert === 'all' || convert === 'none' ? convert : 'dates',
    timeZone: zone,
  };
}

function fileName(name: string): string {
  const safe = name.replaceAll(/[\\/\0]/g, '_');
  return /\.xlsx$/i.test(safe) ? safe : `${safe}.xlsx`;
}

function rowsIn(value: unknown): readonly Json[] {
  const rows = listOf<Json>(required(value, 'Give a list of rows.'));
  const wrong = rows.findIndex((row) => !isJsonObject(row));
  if (wrong < 0) return rows;
  throw inputError({
    code: 'action.row-invalid',
    message: `Item ${wrong + 1} of the list is not a row.`,
    hint: 'Give a list of objects with values by column.',
  });
}

async function* batchesOf(rows: readonly Json[]): AsyncIterable<RowBatch> {
  for (let start = 0; start < rows.length; start += batchSize) {
    yield rows.slice(start, start + batchSize);
    // oxlint-disable-next-line no-await-in-loop
    await setImmediate();
  }
}

async function* tableRows({ settings, data }: FlowActionContext): AsyncIterable<RowBatch> {
  const { dataSource, table } = placeOf(settings);
  const filter = filterOf(settings['filter']);
  const columns = listOf<string>(settings['columns']);
  const sort = listOf<Sort>(settings['sort']);
  yield* data.stream(dataSource, {
    table,
    ...(filter === undefined ? {} : { filter }),
    ...(sort.length === 0 ? {} : { sort }),
    ...(columns.length === 0 ? {} : { columns }),
  });
}

function tooLarge(what: string): AppError {
  return new AppError('too-large', {
    code: 'workbook.too-large',
    message: `The spreadsheet would have ${what}.`,
    hint: 'Write fewer rows or columns, or several files.',
  });
}
