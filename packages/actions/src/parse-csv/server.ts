import type { Json } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { separators, type ReadCsvOptions, type ReadCsvPart } from '../documents/read-csv.ts';
import { runTask } from '../off-thread/run-task.ts';
import { givenText, smallCharacters } from '../services/stored-text.ts';

/** See {@link parseCsvManifest}. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, signal } = context;
    signal.throwIfAborted();
    const text = await givenText(context, 'CSV');
    const separator = separators[String(settings['separator'])];
    const options: ReadCsvOptions = {
      text,
      hasHeader: settings['hasHeader'] !== false,
      ...(separator === undefined ? {} : { separator }),
    };
    const rows: Json[] = [];
    let columns: readonly string[] = [];
    const parts = runTask({ task: 'read-csv', options, isSmall: text.length <= smallCharacters, signal });
    for await (const part of parts as AsyncIterable<ReadCsvPart>) {
      if ('rows' in part) rows.push(...part.rows);
      else columns = part.columns;
    }
    return { rows, columns, count: rows.length };
  },
};
