import type { Environment } from '@fettle/contract';
import type { ConnectorContext } from '@fettle/sdk/server';
import type { Json } from '@fettle/base';
import { createAddressResolver, type OwnDatabase } from '../../outbound/database-address.ts';
import type { OutboundGuard } from '../../outbound/outbound-guard.ts';
import { resolveDataFile, type FileRules } from '../../outbound/resolve-file.ts';
import type { GuardedFetch } from '@fettle/sdk/server';

/** What every connector is given besides its settings. */
export interface ConnectorSurroundings {
  readonly guard: OutboundGuard;
  readonly fetch: GuardedFetch;
  readonly ownDatabase: OwnDatabase | undefined;
  readonly fileRules: FileRules;
  readonly limits: ConnectorContext['limits'];
}

/** Settings with their secrets, decrypted: lives only between the store and the connector. */
export interface ResolvedSettings {
  readonly connector: string;
  readonly settings: Readonly<Record<string, Json>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Set by the server for its own data (demo, internal tables): exactly this file, whatever the folders say. */
  readonly ownFile?: string;
  /** The server's own database is meant: internal tables live there. */
  readonly isOwnDatabase?: boolean;
}

/** Where a workspace's own data of the server's making lies. */
export type ManagedPlace = (source: {
  readonly kind: 'internal' | 'demo';
  readonly workspaceId: string;
  readonly environment: Environment;
}) => Promise<ResolvedSettings>;

/** Makes the context of one connector session. */
export function connectorContextOf(resolved: ResolvedSettings, surroundings: ConnectorSurroundings): ConnectorContext {
  const { guard, fetch, ownDatabase, fileRules, limits } = surroundings;
  const { settings, secrets, ownFile } = resolved;
  const named = [settings['database'], settings['user']].find((value) => typeof value === 'string' && value !== '');
  return {
    settings,
    secrets,
    fetch,
    limits,
    resolveAddress:
      resolved.isOwnDatabase === true && ownDatabase !== undefined
        ? async (host) => {
            const address = (await guard.addressesOf(host))[0] ?? host;
            return { address, family: address.includes(':') ? 6 : 4 };
          }
        : createAddressResolver(guard, ownDatabase, named as string | undefined),
    resolveFile: async (path) =>
      ownFile !== undefined && path === ownFile ? ownFile : resolveDataFile(path, fileRules),
  };
}
