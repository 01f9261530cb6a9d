import { AppError } from '@fettle/base';
import type { ConnectorManifest } from '@fettle/sdk';
import type { ConnectorExtension, ConnectorImplementation } from '@fettle/sdk/server';

/** The connectors that are installed. Their code is loaded when first used. */
export interface ConnectorRegistry {
  readonly manifests: readonly ConnectorManifest[];
  manifestOf(id: string): ConnectorManifest;
  implementationOf(id: string): Promise<ConnectorImplementation>;
}

/** Makes the registry. */
export function createConnectorRegistry(extensions: readonly ConnectorExtension[]): ConnectorRegistry {
  const byId = new Map(extensions.map((extension) => [extension.manifest.id, extension]));
  const loaded = new Map<string, Promise<ConnectorImplementation>>();
  const find = (id: string): ConnectorExtension => {
    const extension = byId.get(id);
    if (extension !== undefined) return extension;
    throw new AppError('input', {
      code: 'connector.unknown',
      message: `The connector "${id}" is not installed.`,
      hint: 'Choose one of the installed connectors, or install it.',
    });
  };
  return {
    manifests: extensions.map(({ manifest }) => manifest),
    manifestOf: (id) => find(id).manifest,
    implementationOf: (id) => {
      const known = loaded.get(id);
      if (known !== undefined) return known;
      const loading = find(id).load();
      loaded.set(id, loading);
      // A load that failed is tried again next time.
      loading.catch(() => loaded.delete(id));
      return loading;
    },
  };
}
