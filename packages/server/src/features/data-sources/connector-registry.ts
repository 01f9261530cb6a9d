import { AppError } from '@fettle/base';
import type { ConnectorManifest } from '@fettle/sdk';
import type { ConnectorExtension, ConnectorImplementation } from '@fettle/sdk/server';
import type { WorkspaceExtensions } from '../../extensions/workspace-extensions.ts';

/** The connectors that workspaces have. Their code is loaded when first used. */
export interface ConnectorRegistry {
  /** Of the connectors that every workspace has. */
  readonly manifests: readonly ConnectorManifest[];
  manifestOf(workspaceId: string, id: string): ConnectorManifest;
  implementationOf(workspaceId: string, id: string): Promise<ConnectorImplementation>;
}

/** Makes the registry. */
export function createConnectorRegistry(
  extensions: Pick<WorkspaceExtensions, 'connector' | 'connectorManifests'>,
): ConnectorRegistry {
  const loaded = new WeakMap<ConnectorExtension, Promise<ConnectorImplementation>>();
  const find = (workspaceId: string, id: string): ConnectorExtension => {
    const extension = extensions.connector(workspaceId, id);
    if (extension !== undefined) return extension;
    throw new AppError('input', {
      code: 'connector.unknown',
      message: `The connector "${id}" is not installed.`,
      hint: 'Choose one of the installed connectors, or install or turn on the plugin that brings it.',
    });
  };
  return {
    manifests: extensions.connectorManifests,
    manifestOf: (workspaceId, id) => find(workspaceId, id).manifest,
    // Not found rejects: callers wait for it anyway.
    implementationOf: async (workspaceId, id) => {
      const extension = find(workspaceId, id);
      const known = loaded.get(extension);
      if (known !== undefined) return known;
      const loading = extension.load();
      loaded.set(extension, loading);
      // A load that failed is tried again next time.
      loading.catch(() => loaded.delete(extension));
      return loading;
    },
  };
}
