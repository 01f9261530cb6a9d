import type { Sort } from '@fettle/access';
import { requestOfPaths, type Row } from '@fettle/sdk';
import type { FlowActionImplementation } from '@fettle/sdk/server';
import { listOf } from '../required.ts';
import { filterOf, placeOf } from '../rows/row-request.ts';

const pageSize = 1000;

/** See {@link listRowsManifest}. */
export const action: FlowActionImplementation = {
  async run({ settings, data, signal }) {
    signal.throwIfAborted();
    const { dataSource, table } = placeOf(settings);
    const wanted = Math.min(Math.max(Number(settings['limit'] ?? 100), 1), 10_000);
    const filter = filterOf(settings['filter']);
    const sort = listOf<Sort>(settings['sort']);
    const columns = listOf<string>(settings['columns']);
    const rows: Row[] = [];
    let cursor: string | undefined;
    do {
      signal.throwIfAborted();
      const page = await data.list(dataSource, {
        table,
        limit: Math.min(pageSize, wanted - rows.length),
        ...(filter === undefined ? {} : { filter }),
        ...(sort.length === 0 ? {} : { sort }),
        ...requestOfPaths(columns),
        ...(cursor === undefined ? {} : { cursor }),
      });
      rows.push(...page.rows);
      cursor = page.next;
    } while (cursor !== undefined && rows.length < wanted);
    return { rows, first: rows[0] ?? null, count: rows.length, hasMore: cursor !== undefined };
  },
};
