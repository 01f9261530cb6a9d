import { useQuery } from '@tanstack/react-query';
import { routes, type DataSourceInfo } from '@fettle/contract';
import type { SchemaDescription, TableDescription } from '@fettle/sdk';
import { useClient } from '../../../api/client.ts';
import { useDesign } from '../../design-context.ts';

/** The workspace's data sources. */
export function useDataSources(): {
  readonly list: readonly DataSourceInfo[];
  readonly isPending: boolean;
  readonly error: unknown;
} {
  const client = useClient();
  const { workspaceId } = useDesign();
  const reply = useQuery({
    queryKey: ['data-sources', workspaceId],
    queryFn: ({ signal }) => client.call(routes.dataSources.list, { params: { workspaceId }, signal }),
    staleTime: 60_000,
  });
  return { list: reply.data?.dataSources ?? none, isPending: reply.isPending, error: reply.error };
}

const none: readonly DataSourceInfo[] = [];

/** What a data source holds; undefined while it is read or when it has no tables. */
export function useSchema(dataSource: string | undefined): {
  readonly schema: SchemaDescription | undefined;
  readonly isPending: boolean;
  readonly error: unknown;
} {
  const client = useClient();
  const { workspaceId } = useDesign();
  const reply = useQuery({
    queryKey: ['schema', workspaceId, dataSource],
    queryFn: ({ signal }) =>
      client.call(routes.dataSources.schema, {
        params: { workspaceId, dataSource: dataSource ?? '' },
        query: {},
        signal,
      }),
    enabled: dataSource !== undefined && dataSource !== '',
    staleTime: 60_000,
  });
  return { schema: reply.data?.schema, isPending: reply.isPending && dataSource !== undefined, error: reply.error };
}

/** A table by its id. */
export function findTable(
  schema: SchemaDescription | undefined,
  table: string | undefined,
): TableDescription | undefined {
  return schema?.tables.find(({ id }) => id === table);
}
