import type { ConnectorManifest, QueryKind } from '@fettle/sdk';
import { useConnectors as useConnectorQuery } from '../../data/use-data.ts';

/** Manifests of the connectors that the workspace has. */
export function useConnectors(): readonly ConnectorManifest[] {
  return useConnectorQuery().data?.connectors ?? none;
}

const none: readonly ConnectorManifest[] = [];

/** The kinds of queries a connector runs. */
export function queryKindsOf(
  connectors: readonly ConnectorManifest[],
  connector: string | undefined,
): readonly QueryKind[] {
  return connectors.find(({ id }) => id === connector)?.queryKinds ?? [];
}
