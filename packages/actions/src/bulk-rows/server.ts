import { inputError, isJsonObject } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import type { FlowActionContext, FlowActionImplementation } from '@fettle/sdk/server';
import { listOf, required } from '../required.ts';
import { placeOf, primaryKeyOf, rowKeyOf, type TablePlace } from '../rows/row-request.ts';

const partSize = 500;

/** See {@link bulkRowsManifest}. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, signal } = context;
    signal.throwIfAborted();
    const place = placeOf(settings);
    const rows = rowsOf(settings['rows']);
    const change = await changer(context, place);
    const stored: Row[] = [];
    let count = 0;
    for (let start = 0; start < rows.length; start += partSize) {
      signal.throwIfAborted();
      const part = await change(rows.slice(start, start + partSize));
      count += part.count;
      if (settings['returnRows'] === true) stored.push(...part.rows);
      if (rows.length > partSize) context.log('info', `${count} of ${rows.length} rows are done.`);
    }
    return { count, rows: stored };
  },
};

function rowsOf(value: unknown): readonly Row[] {
  const rows = listOf<unknown>(required(value, 'Give a list of rows.'));
  const index = rows.findIndex((row) => !isJsonObject(row));
  if (index === -1) return rows as readonly Row[];
  throw inputError({
    code: 'action.row-invalid',
    message: `Item ${index + 1} of the list is not a row.`,
    hint: 'Give a list of objects with values by column.',
  });
}

type Change = (rows: readonly Row[]) => Promise<{ readonly count: number; readonly rows: readonly Row[] }>;

async function changer(context: FlowActionContext, place: TablePlace): Promise<Change> {
  const { data, settings } = context;
  const { dataSource, table } = place;
  const operation = settings['operation'] ?? 'create';
  if (operation === 'create') {
    return async (rows) => {
      const made = await data.create(dataSource, table, rows);
      return { count: made.length, rows: made };
    };
  }
  const primaryKey = await primaryKeyOf(context, place);
  if (operation === 'delete') {
    return async (rows) => ({
      count: await data.delete(
        dataSource,
        table,
        rows.map((row) => rowKeyOf(primaryKey, row)),
      ),
      rows: [],
    });
  }
  return async (rows) => {
    const changes = rows.map((row) => {
      const key = rowKeyOf(primaryKey, row);
      return { key, values: Object.fromEntries(Object.entries(row).filter(([column]) => !(column in key))) };
    });
    const made = await data.update(dataSource, table, changes);
    return { count: made.length, rows: made };
  };
}
