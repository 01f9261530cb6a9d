import type { Json } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { runTask } from '../off-thread/run-task.ts';
import { optionalText } from '../required.ts';
import { fileIdOf } from '../services/file-content.ts';
import type { ReadWorkbookOptions, ReadWorkbookPart } from '../spreadsheets/read-workbook.ts';

const smallBytes = 20_000;

/** See {@link parseXlsxManifest}. */
export const action: FlowActionImplementation = {
  async run({ settings, files, signal }) {
    signal.throwIfAborted();
    const { bytes } = await files.read(fileIdOf(settings['file']));
    const sheet = optionalText(settings['sheet']);
    const options: ReadWorkbookOptions = {
      bytes,
      hasHeader: settings['hasHeader'] !== false,
      firstRow: Number(settings['firstRow'] ?? 1),
      maxRows: Number(settings['limit'] ?? 10_000),
      ...(sheet === undefined ? {} : { sheet }),
    };
    const rows: Json[] = [];
    let end: { readonly columns: readonly string[]; readonly hasMore: boolean } = { columns: [], hasMore: false };
    const parts = runTask({ task: 'read-workbook', options, isSmall: bytes.length <= smallBytes, signal });
    for await (const part of parts as AsyncIterable<ReadWorkbookPart>) {
      if ('rows' in part) rows.push(...part.rows);
      else end = part;
    }
    return { rows, columns: end.columns, count: rows.length, hasMore: end.hasMore };
  },
};
