import type { FlowActionImplementation } from '@fettle/sdk/server';
import { required } from '../required.ts';
import { placeOf, primaryKeyOf, rowKeyOf, valuesOf } from '../rows/row-request.ts';

/** See {@link updateRowManifest}. A list of rows is changed in one transaction. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, data, signal } = context;
    signal.throwIfAborted();
    const place = placeOf(settings);
    const values = valuesOf(settings['values'], 'Give the new values by column.');
    const primaryKey = await primaryKeyOf(context, place);
    const given: unknown = required(settings['key'], 'Say which row changes.');
    const keys = (Array.isArray(given) ? given : [given]).map((key) => rowKeyOf(primaryKey, key));
    const changes = keys.map((key) => ({ key, values }));
    const rows = keys.length === 0 ? [] : await data.update(place.dataSource, place.table, changes);
    return { row: rows[0] ?? null, rows, count: rows.length };
  },
};
