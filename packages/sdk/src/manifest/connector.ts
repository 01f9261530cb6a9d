import type { TSchema } from 'typebox';
import type { Manifest, SettingsSchema } from './manifest.ts';

/** One kind of custom query a connector can run. */
export interface QueryKind {
  /** e.g. `sql`, `http`. */
  readonly id: string;
  readonly title: string;
  readonly settings: SettingsSchema;
}

/** What a connector can do: the UI follows it. */
export interface ConnectorCapabilities {
  readonly tables: boolean;
  readonly writes: boolean;
  readonly transactions: boolean;
  readonly relations: boolean;
  readonly aggregates: boolean;
  /** Can change the structure of tables (internal databases). */
  readonly structure: boolean;
}

/** A connector: code that speaks to one kind of data system. */
export interface ConnectorManifest<S extends SettingsSchema = SettingsSchema> extends Manifest<'connector', S> {
  readonly capabilities: ConnectorCapabilities;
  readonly queryKinds: readonly QueryKind[];
  /**
   * Settings that say where credentials are sent (host, port, base URL …). Changing one clears the stored secrets:
   * a secret must never travel to a place its owner did not name.
   */
  readonly destination: readonly string[];
  /** Not offered in the builder's list (the internal database, the demo). */
  readonly hidden?: boolean;
}

/** Declares a connector. */
export function defineConnector<S extends SettingsSchema>(
  manifest: Omit<ConnectorManifest<S>, 'kind'>,
): ConnectorManifest<S> {
  return { kind: 'connector', ...manifest };
}

/** Names of the settings marked secret, in schema order. */
export function secretSettings(schema: SettingsSchema): readonly string[] {
  return Object.entries(schema.properties)
    .filter(([, property]) => (property as TSchema & { ui?: { secret?: boolean } }).ui?.secret === true)
    .map(([name]) => name);
}
