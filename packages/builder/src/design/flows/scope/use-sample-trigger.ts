import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { isJsonObject } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { Flow } from '@fettle/definition';
import type { Row } from '@fettle/sdk';
import { useClient } from '../../../api/client.ts';
import { useExtensions } from '../../../extensions.ts';
import { useDesign } from '../../design-context.ts';
import { readDataSetting } from '../../editors/data/data-setting.ts';
import { findTable, useSchema } from '../../editors/data/use-schema.ts';
import { useFetchedTrigger } from './fetched-trigger.ts';
import { sampleTrigger } from './step-samples.ts';

/** What starts the flow brings, as an example: what was fetched, or with the newest row of the table whose rows start it. */
export function useSampleTrigger(flow: Flow): unknown {
  const { flows: manifests } = useExtensions();
  const client = useClient();
  const { workspaceId } = useDesign();
  const { type, settings } = flow.trigger;
  const source = manifests.triggers.find(({ id }) => id === type)?.source;
  const data = source === 'row' || source === 'poll' ? readDataSetting(settings['data']) : undefined;
  const place = data?.kind === 'table' ? data : undefined;
  const { schema } = useSchema(place?.dataSource);
  const table = findTable(schema, place?.table);
  const read = useQuery({
    queryKey: ['sample-row', workspaceId, place?.dataSource, place?.table, 'newest'],
    queryFn: ({ signal }) =>
      client.call(routes.dataSources.rows.list, {
        params: { workspaceId, dataSource: place?.dataSource ?? '', table: place?.table ?? '' },
        body: {
          limit: 1,
          sort: (table?.primaryKey ?? []).map((column) => ({ column, direction: 'descending' as const })),
        },
        signal,
      }),
    enabled: place !== undefined && table !== undefined,
    staleTime: 60_000,
  });
  const row = read.data?.rows[0];
  const fetched = useFetchedTrigger(flow);
  return useMemo(() => {
    if (fetched !== undefined) return fetched;
    const sample = sampleTrigger(flow, manifests);
    return row === undefined || table === undefined ? sample : withRow(sample, row, table);
  }, [flow, manifests, row, table, fetched]);
}

/** The example with a row that is really there. */
export function withRow(
  sample: unknown,
  row: Row,
  table: { readonly id: string; readonly primaryKey: readonly string[] },
): unknown {
  if (!isJsonObject(sample)) return sample;
  const columns = Object.keys(row);
  const known: Readonly<Record<string, unknown>> = {
    table: table.id,
    key: Object.fromEntries(table.primaryKey.map((column) => [column, row[column] ?? null])),
    row,
    before: row,
    changed: columns.filter((column) => !table.primaryKey.includes(column)).slice(0, 1),
  };
  // A trigger of polled rows knows nothing of what they were before.
  return Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, known[name] ?? value]));
}
