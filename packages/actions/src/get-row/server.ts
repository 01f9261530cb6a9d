import { notFound } from '@fettle/base';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { listOf } from '../required.ts';
import { placeOf, primaryKeyOf, rowKeyOf } from '../rows/row-request.ts';

/** See {@link getRowManifest}. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, data, signal } = context;
    signal.throwIfAborted();
    const place = placeOf(settings);
    const key = rowKeyOf(await primaryKeyOf(context, place), settings['key']);
    const columns = listOf<string>(settings['columns']);
    const row = await data.read(place.dataSource, {
      table: place.table,
      key,
      ...(columns.length === 0 ? {} : { columns }),
    });
    if (row === undefined && settings['whenMissing'] !== 'empty') {
      throw notFound({
        code: 'row.unknown',
        message: `There is no such row in ${place.table}.`,
        hint: 'Look at the key that the step was given, or let it go on without a row.',
        details: { key },
      });
    }
    return { found: row !== undefined, row: row ?? null };
  },
};
