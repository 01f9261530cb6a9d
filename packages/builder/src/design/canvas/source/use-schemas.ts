import { useState } from 'react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { routes, type DataSourceInfo } from '@fettle/contract';
import type { SchemaDescription } from '@fettle/sdk';
import { useClient } from '../../../api/client.ts';

/** Data sources of a workspace. */
export function useDataSources(workspaceId: string): readonly DataSourceInfo[] {
  const client = useClient();
  const sources = useQuery({
    queryKey: ['data-sources', workspaceId],
    queryFn: ({ signal }) => client.call(routes.dataSources.list, { params: { workspaceId }, signal }),
  });
  return sources.data?.dataSources ?? none;
}

const none: readonly DataSourceInfo[] = [];

/** What is known of the structure of every data source. One that cannot be reached is missing, nothing else fails. */
export function useSchemas(workspaceId: string): Readonly<Record<string, SchemaDescription>> {
  const client = useClient();
  const sources = useDataSources(workspaceId);
  const results = useQueries({
    queries: sources.map((source) => ({
      queryKey: ['schema', workspaceId, source.id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.call(routes.dataSources.schema, { params: { workspaceId, dataSource: source.id }, signal }),
      staleTime: 60_000,
    })),
  });
  const found = Object.fromEntries(
    sources.flatMap((source, index) => {
      const schema = results[index]?.data?.schema;
      return schema === undefined ? [] : [[source.id, schema]];
    }),
  );
  // The same object as long as nothing differs: reading a structure again must not start the canvas anew.
  const [kept, setKept] = useState(found);
  if (isSame(kept, found)) return kept;
  setKept(found);
  return found;
}

function isSame<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>): boolean {
  const names = Object.keys(after);
  return names.length === Object.keys(before).length && names.every((name) => before[name] === after[name]);
}
