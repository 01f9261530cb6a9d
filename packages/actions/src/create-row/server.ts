import type { FlowActionImplementation } from '@fettle/sdk/server';
import { placeOf, valuesOf } from '../rows/row-request.ts';

/** See {@link createRowManifest}. */
export const action: FlowActionImplementation = {
  async run({ settings, data, signal }) {
    signal.throwIfAborted();
    const { dataSource, table } = placeOf(settings);
    const [row = {}] = await data.create(dataSource, table, [valuesOf(settings['values'], 'Give values by column.')]);
    return { row };
  },
};
