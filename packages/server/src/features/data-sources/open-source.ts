import type { Environment } from '@fettle/contract';
import type { ConnectorManifest, SchemaDescription, TableDescription } from '@fettle/sdk';
import type { DataSession } from '@fettle/sdk/server';
import { Gate, type GateLimits } from './gate.ts';
import { hideSecrets } from './hide-secrets.ts';

/** What an open data source is made of. */
export interface OpenSourceFacts {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: 'external' | 'internal' | 'demo';
  /** The environment whose settings it runs with: development, when production inherits them. */
  readonly environment: Environment;
  /** Whether production works on it. */
  readonly servesProduction: boolean;
  readonly revision: number;
  readonly manifest: ConnectorManifest;
  readonly session: DataSession;
  readonly secrets: readonly string[];
  readonly limits: GateLimits;
}

/** The structure of a data source, ready for look-ups. Replaced as a whole, so its identity is a cache key. */
export interface KnownSchema {
  readonly schema: SchemaDescription;
  readonly tables: ReadonlyMap<string, TableDescription>;
  readonly readAt: string;
}

/** A data source with its one session (pool), its bulkhead and its structure. Everything that calls it goes through `run`. */
export class OpenSource {
  readonly id: string;
  readonly workspaceId: string;
  readonly kind: 'external' | 'internal' | 'demo';
  readonly environment: Environment;
  readonly servesProduction: boolean;
  readonly manifest: ConnectorManifest;
  readonly session: DataSession;
  readonly gate: Gate;
  readonly #secrets: readonly string[];
  revision: number;
  known: KnownSchema | undefined;
  usedAt = 0;
  checkedAt = 0;

  constructor(facts: OpenSourceFacts) {
    this.id = facts.id;
    this.workspaceId = facts.workspaceId;
    this.kind = facts.kind;
    this.environment = facts.environment;
    this.servesProduction = facts.servesProduction;
    this.manifest = facts.manifest;
    this.session = facts.session;
    this.revision = facts.revision;
    this.#secrets = facts.secrets;
    this.gate = new Gate(facts.limits, (error) => this.clean(error));
  }

  /** Runs a call when there is room, and keeps secrets out of what it throws. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return this.gate.run(work);
  }

  /** The error without secrets: for streams, which do not run inside `run`. */
  clean(error: unknown): unknown {
    return hideSecrets(error, this.#secrets);
  }
}

/** Prepares a structure for look-ups. */
export function knowSchema(schema: SchemaDescription, readAt: string): KnownSchema {
  return { schema, readAt, tables: new Map(schema.tables.map((table) => [table.id, table])) };
}
