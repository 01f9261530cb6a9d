import type { FlowActionImplementation } from '@fettle/sdk/server';
import { required } from '../required.ts';
import { isMissingRow, placeOf, primaryKeyOf, rowKeyOf } from '../rows/row-request.ts';

/** See {@link deleteRowManifest}. */
export const action: FlowActionImplementation = {
  async run(context) {
    const { settings, data, signal } = context;
    signal.throwIfAborted();
    const { dataSource, table } = placeOf(settings);
    const primaryKey = await primaryKeyOf(context, { dataSource, table });
    const given: unknown = required(settings['key'], 'Say which row is deleted.');
    const keys = (Array.isArray(given) ? given : [given]).map((key) => rowKeyOf(primaryKey, key));
    if (keys.length === 0) return { count: 0 };
    if (settings['whenMissing'] !== 'skip') return { count: await data.delete(dataSource, table, keys) };
    let count = 0;
    for (const key of keys) {
      signal.throwIfAborted();
      try {
        count += await data.delete(dataSource, table, [key]);
      } catch (error) {
        if (!isMissingRow(error)) throw error;
      }
    }
    return { count };
  },
};
