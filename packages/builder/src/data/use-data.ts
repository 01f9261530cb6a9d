import { useCallback } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type DataSourceInfo, type RouteOutput } from '@fettle/contract';
import type { ConnectorManifest } from '@fettle/sdk';
import { useClient } from '../api/client.ts';
import { useWorkspace } from '../shell/workspace.tsx';

type SchemaReply = RouteOutput<typeof routes.dataSources.schema>;

/** The data sources of the workspace. */
export function useDataSources() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return useQuery({
    queryKey: ['data-sources', workspaceId],
    queryFn: ({ signal }) => client.call(routes.dataSources.list, { params: { workspaceId }, signal }),
  });
}

/** Tables, columns and relations of a data source. */
export function useSchema(dataSource: string, isWanted = true) {
  const query = useSchemaQuery();
  return useQuery({ ...query(dataSource), enabled: isWanted });
}

/** How to ask for the structure of a data source. */
export function useSchemaQuery() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return (dataSource: string) => ({
    queryKey: ['schema', workspaceId, dataSource],
    queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<SchemaReply> =>
      client.call(routes.dataSources.schema, { params: { workspaceId, dataSource }, signal }),
    staleTime: 60_000,
  });
}

/** Takes over a structure that an answer brought. */
export function useKeepSchema(dataSource: string): (reply: SchemaReply) => void {
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  return useCallback(
    (reply) => {
      queries.setQueryData(['schema', workspaceId, dataSource], reply);
      const known = new Set<unknown>(reply.schema.tables.map(({ id }) => id));
      void queries.invalidateQueries({
        queryKey: ['rows', workspaceId, dataSource],
        predicate: ({ queryKey }) => known.has(queryKey[3]),
      });
    },
    [queries, workspaceId, dataSource],
  );
}

/** The manifests of the connectors that the workspace has: built-in ones, and those of its plugins. */
export function useConnectors() {
  const client = useClient();
  const { id: workspaceId } = useWorkspace();
  return useQuery({
    queryKey: ['connectors', workspaceId],
    queryFn: async ({ signal }) => {
      const [builtIn, plugins] = await Promise.all([
        client.call(routes.dataSources.connectors, { signal }),
        client.call(routes.plugins.extensions, { params: { workspaceId }, signal }),
      ]);
      return { connectors: [...builtIn.connectors, ...plugins.connectors] };
    },
    staleTime: Infinity,
  });
}

/** The connector of a data source; undefined while it is not known. */
export function useConnectorOf(source: Pick<DataSourceInfo, 'connector'> | undefined): ConnectorManifest | undefined {
  const connectors = useConnectors();
  return connectors.data?.connectors.find((connector) => connector.id === source?.connector);
}

/** True when the data source has tables, as far as is known. */
export function hasTables(connector: ConnectorManifest | undefined): boolean {
  return connector?.capabilities.tables ?? true;
}
