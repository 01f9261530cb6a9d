import { useQuery } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import type { ConnectorManifest, QueryKind } from '@fettle/sdk';
import { useClient } from '../../api/client.ts';

/** Manifests of the installed connectors. */
export function useConnectors(): readonly ConnectorManifest[] {
  const client = useClient();
  const reply = useQuery({
    queryKey: ['connectors'],
    queryFn: ({ signal }) => client.call(routes.dataSources.connectors, { signal }),
    staleTime: Infinity,
  });
  return reply.data?.connectors ?? none;
}

const none: readonly ConnectorManifest[] = [];

/** The kinds of queries a connector runs. */
export function queryKindsOf(
  connectors: readonly ConnectorManifest[],
  connector: string | undefined,
): readonly QueryKind[] {
  return connectors.find(({ id }) => id === connector)?.queryKinds ?? [];
}
