import type { Measure } from '@fettle/sdk';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { listOf, required } from '../required.ts';
import { filterOf, placeOf } from '../rows/row-request.ts';

/** See {@link aggregateRowsManifest}. */
export const action: FlowActionImplementation = {
  async run({ settings, data, signal }) {
    signal.throwIfAborted();
    const { dataSource, table } = placeOf(settings);
    const filter = filterOf(settings['filter']);
    const measures = listOf<Measure>(settings['measures'] ?? [{ name: 'count', function: 'count' }]);
    for (const { function: what, column } of measures) {
      if (what !== 'count') required(column, 'Choose a column for each value that is not a plain count.');
    }
    const { rows, truncated } = await data.aggregate(dataSource, {
      table,
      groupBy: listOf<string>(settings['groupBy']).map((column) => ({ column })),
      measures,
      limit: Number(settings['limit'] ?? 100),
      ...(filter === undefined ? {} : { filter }),
    });
    return { rows, first: rows[0] ?? null, truncated };
  },
};
