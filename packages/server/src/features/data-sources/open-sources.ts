import { AppError, notFound, type Clock, type Json } from '@fettle/base';
import type { Environment } from '@fettle/contract';
import type { SchemaDescription, TableDescription } from '@fettle/sdk';
import type { Changes } from '../../changes/changes.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import type { SecretBox } from '../../secrets/secret-box.ts';
import type { ConnectorRegistry } from './connector-registry.ts';
import {
  findDataSource,
  findSchema,
  listEnvironments,
  listSecrets,
  revisionOf,
  saveSchema,
  updateDataSource,
  type DataSourceRow,
} from './data-sources.store.ts';
import type { GateLimits } from './gate.ts';
import { knowSchema, OpenSource, type KnownSchema } from './open-source.ts';
import {
  connectorContextOf,
  type ConnectorSurroundings,
  type ManagedPlace,
  type ResolvedSettings,
} from './source-connections.ts';

/** What the set of open data sources needs. */
export interface OpenSourcesOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly changes: Changes;
  readonly log: Log;
  readonly box: SecretBox;
  readonly connectors: ConnectorRegistry;
  readonly surroundings: ConnectorSurroundings;
  readonly managedPlace: ManagedPlace;
  readonly gateLimits: GateLimits;
  /** Most sessions held open; the least recently used close first. */
  readonly maxOpen: number;
  readonly idleMs: number;
  readonly introspectTimeoutMs: number;
}

// Another server may have changed the data source and not been heard: looked up in the background, this often.
const recheckMs = 5_000;

/**
 * One session per data source and environment, opened when first used. A call finds an open session without
 * waiting for anything; a change of settings closes it, and the next call opens a new one.
 */
export class OpenSources {
  readonly #options: OpenSourcesOptions;
  readonly #open = new Map<string, OpenSource>();
  readonly #opening = new Map<string, Promise<OpenSource>>();
  readonly #reading = new WeakMap<OpenSource, Promise<KnownSchema>>();
  /** Production that inherits points to the key of development. */
  readonly #aliases = new Map<string, string>();
  readonly #generations = new Map<string, number>();
  readonly #sweeper: NodeJS.Timeout;

  constructor(options: OpenSourcesOptions) {
    this.#options = options;
    this.#sweeper = setInterval(() => this.#sweep(), Math.max(1000, options.idleMs / 4));
    this.#sweeper.unref();
    options.changes.on('data-source', (id) => {
      for (const source of this.#open.values()) if (source.id === id) this.#recheck(source, options.clock.now());
    });
  }

  /** How many sessions are open. */
  get size(): number {
    return this.#open.size;
  }

  /** The open session, at once, if there is one. */
  peek(workspaceId: string, id: string, environment: Environment): OpenSource | undefined {
    const key = keyOf(id, environment);
    const source = this.#open.get(this.#aliases.get(key) ?? key);
    if (source === undefined || source.workspaceId !== workspaceId) return undefined;
    const now = this.#options.clock.now();
    source.usedAt = now;
    if (now - source.checkedAt > recheckMs) this.#recheck(source, now);
    return source;
  }

  /** The session, opened if need be. A data source of another workspace does not exist. */
  async get(workspaceId: string, id: string, environment: Environment): Promise<OpenSource> {
    const open = this.peek(workspaceId, id, environment);
    if (open !== undefined) return open;
    const row = await findDataSource(this.#options.database.knex, workspaceId, id);
    if (row === undefined) throw unknownSource();
    const effective = await this.#effectiveEnvironment(row, environment);
    if (effective !== environment) this.#aliases.set(keyOf(id, environment), keyOf(id, effective));
    return this.peek(workspaceId, id, effective) ?? this.#openOnce(row, effective);
  }

  /** The structure, as last read; read now when it never was. */
  schemaOf(source: OpenSource): KnownSchema | Promise<KnownSchema> {
    return source.known ?? this.#readOnce(source, false);
  }

  /** The description of a table, or nothing when there is no such table. */
  tableOf(known: KnownSchema, table: string): TableDescription {
    const description = known.tables.get(table);
    if (description !== undefined) return description;
    throw notFound({
      code: 'table.unknown',
      message: `There is no table "${table}".`,
      hint: 'If it was added or renamed in the database, read the structure again.',
    });
  }

  /** Reads the structure again from the data system and keeps it. */
  async refresh(source: OpenSource): Promise<KnownSchema> {
    return this.#readOnce(source, true);
  }

  /** Closes every session of a data source. Calls that run end with an error or finish; the next call opens anew. */
  async forget(id: string): Promise<void> {
    this.#generations.set(id, (this.#generations.get(id) ?? 0) + 1);
    for (const environment of ['development', 'production'] as const) this.#aliases.delete(keyOf(id, environment));
    const closing = [...this.#open.entries()].filter(([, source]) => source.id === id);
    for (const [key] of closing) this.#open.delete(key);
    await Promise.allSettled(closing.map(async ([, source]) => source.session.close()));
  }

  /** Does so when another server has changed it since: for what must know how it is now. */
  async catchUp(id: string): Promise<void> {
    const open = [...this.#open.values()].filter((source) => source.id === id);
    if (open.length === 0) return;
    const revision = await revisionOf(this.#options.database.knex, id);
    if (open.some((source) => source.revision !== revision)) await this.forget(id);
  }

  /** Does so here, and wherever a session is older than the data source. */
  async forgetEverywhere(id: string): Promise<void> {
    await this.forget(id);
    this.#options.changes.tell('data-source', id);
  }

  /** Closes the sessions of a workspace's connectors that are no longer those of its data sources. */
  async forgetConnectors(workspaceId: string, isKept: (manifest: OpenSource['manifest']) => boolean): Promise<void> {
    const stale = [...this.#open.values()].filter((open) => open.workspaceId === workspaceId && !isKept(open.manifest));
    await Promise.all(stale.map(({ id }) => this.forget(id)));
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper);
    const sources = [...this.#open.values()];
    this.#open.clear();
    await Promise.allSettled(this.#opening.values());
    await Promise.allSettled([...sources, ...this.#open.values()].map(async (source) => source.session.close()));
    this.#open.clear();
  }

  /** Settings of an environment with decrypted secrets. */
  async resolve(row: DataSourceRow, environment: Environment): Promise<ResolvedSettings> {
    if (row.kind !== 'external')
      return this.#options.managedPlace({ kind: row.kind, workspaceId: row.workspace_id, environment });
    const { knex } = this.#options.database;
    const environments = await listEnvironments(knex, [row.id]);
    const found = environments.find((entry) => entry.environment === environment);
    const secrets: Record<string, string> = {};
    for (const secret of await listSecrets(knex, [row.id])) {
      if (secret.environment !== environment) continue;
      secrets[secret.setting] = this.#options.box.open(secret.sealed, {
        dataSource: row.id,
        environment,
        setting: secret.setting,
      });
    }
    return {
      connector: row.connector,
      settings: found === undefined ? {} : (JSON.parse(found.settings) as Record<string, Json>),
      secrets,
    };
  }

  async #effectiveEnvironment(row: DataSourceRow, environment: Environment): Promise<Environment> {
    if (row.kind === 'demo') return 'development';
    if (row.kind === 'internal' || environment === 'development') return environment;
    const environments = await listEnvironments(this.#options.database.knex, [row.id]);
    const production = environments.find((entry) => entry.environment === 'production');
    return production === undefined || Boolean(production.is_inherited) ? 'development' : 'production';
  }

  async #openOnce(row: DataSourceRow, environment: Environment): Promise<OpenSource> {
    const key = keyOf(row.id, environment);
    const running = this.#opening.get(key);
    if (running !== undefined) return running;
    const opening = this.#openSession(row, environment);
    this.#opening.set(key, opening);
    try {
      return await opening;
    } finally {
      this.#opening.delete(key);
    }
  }

  async #openSession(row: DataSourceRow, environment: Environment): Promise<OpenSource> {
    const { database, connectors, surroundings, gateLimits, clock } = this.#options;
    const generation = this.#generations.get(row.id) ?? 0;
    const resolved = await this.resolve(row, environment);
    const implementation = await connectors.implementationOf(row.workspace_id, resolved.connector);
    const stored = await findSchema(database.knex, row.id, environment);
    const source = new OpenSource({
      id: row.id,
      workspaceId: row.workspace_id,
      kind: row.kind,
      environment,
      servesProduction: (await this.#effectiveEnvironment(row, 'production')) === environment,
      revision: row.revision,
      manifest: connectors.manifestOf(row.workspace_id, resolved.connector),
      session: implementation.open(connectorContextOf(resolved, surroundings)),
      secrets: Object.values(resolved.secrets),
      limits: gateLimits,
    });
    source.usedAt = clock.now();
    source.checkedAt = clock.now();
    if (stored !== undefined)
      source.known = knowSchema(JSON.parse(stored.content) as SchemaDescription, stored.read_at);
    if ((this.#generations.get(row.id) ?? 0) !== generation) {
      // The settings changed while this session was being opened.
      await source.session.close();
      throw new AppError('unavailable', {
        code: 'data-source.changing',
        message: 'The data source was just changed.',
        hint: 'Try again.',
      });
    }
    this.#open.set(keyOf(row.id, environment), source);
    this.#makeRoom();
    return source;
  }

  #readOnce(source: OpenSource, isForced: boolean): Promise<KnownSchema> {
    const running = this.#reading.get(source);
    if (running !== undefined && !isForced) return running;
    const reading = this.#read(source).finally(() => {
      if (this.#reading.get(source) === reading) this.#reading.delete(source);
    });
    this.#reading.set(source, reading);
    return reading;
  }

  async #read(source: OpenSource): Promise<KnownSchema> {
    const { session } = source;
    const { clock, database, introspectTimeoutMs } = this.#options;
    if (session.introspect === undefined) {
      source.known = knowSchema({ tables: [], warnings: [] }, new Date(clock.now()).toISOString());
      return source.known;
    }
    const schema = await source.run(async () =>
      session.introspect === undefined
        ? { tables: [], warnings: [] }
        : session.introspect({ signal: AbortSignal.timeout(introspectTimeoutMs), timeoutMs: introspectTimeoutMs }),
    );
    const readAt = new Date(clock.now()).toISOString();
    await database.transaction(async (transaction) => {
      await saveSchema(transaction, {
        data_source_id: source.id,
        environment: source.environment,
        content: JSON.stringify(schema),
        read_at: readAt,
      });
      await updateDataSource(transaction, source.id, { updated_at: readAt });
    });
    const revision = (await revisionOf(database.knex, source.id)) ?? source.revision;
    source.revision = revision;
    // The other environment is as good as before: only its structure could have changed, and that was not read here.
    for (const other of this.#open.values())
      if (other.id === source.id && other.revision === revision - 1) other.revision = revision;
    source.known = knowSchema(schema, readAt);
    this.#options.changes.tell('data-source', source.id);
    return source.known;
  }

  #recheck(source: OpenSource, now: number): void {
    source.checkedAt = now;
    revisionOf(this.#options.database.knex, source.id).then(
      (revision) => {
        if (revision !== source.revision && this.#open.get(keyOf(source.id, source.environment)) === source)
          void this.forget(source.id);
      },
      (error: unknown) =>
        this.#options.log.warn(
          { err: error, dataSource: source.id },
          'The revision of a data source could not be read',
        ),
    );
  }

  #makeRoom(): void {
    if (this.#open.size <= this.#options.maxOpen) return;
    const idle = [...this.#open.entries()]
      .filter(([, source]) => source.gate.load === 0)
      .sort(([, a], [, b]) => a.usedAt - b.usedAt);
    for (const entry of idle.slice(0, this.#open.size - this.#options.maxOpen)) this.#drop(entry);
  }

  #sweep(): void {
    const oldest = this.#options.clock.now() - this.#options.idleMs;
    for (const entry of this.#open.entries()) {
      if (entry[1].usedAt < oldest && entry[1].gate.load === 0) this.#drop(entry);
    }
  }

  #drop([key, source]: readonly [string, OpenSource]): void {
    this.#open.delete(key);
    source.session
      .close()
      .catch((error: unknown) => this.#options.log.warn({ err: source.clean(error) }, 'A data session did not close'));
  }
}

function keyOf(id: string, environment: Environment): string {
  return `${id}:${environment}`;
}

function unknownSource(): AppError {
  return notFound({
    code: 'data-source.unknown',
    message: 'There is no such data source.',
    hint: 'It may have been deleted.',
  });
}
