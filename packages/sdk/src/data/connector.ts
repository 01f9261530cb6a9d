import type { Json } from '@fettle/base';
import type { ConnectorManifest } from '../manifest/connector.ts';
import type { SettingsSchema } from '../manifest/manifest.ts';
import type {
  AggregateRequest,
  AggregateResult,
  CreateRequest,
  DeleteRequest,
  ListRequest,
  ListResult,
  QueryRequest,
  QueryResult,
  ReadRequest,
  UpdateRequest,
} from './requests.ts';
import type { ChangeCapture, SessionOutbox } from './captured-changes.ts';
import type { Row, SchemaDescription } from './table.ts';
import type { StructureEditor } from './structure.ts';

/** The guarded outbound HTTP client: addresses are checked inside the connection's own name look-up. */
export type GuardedFetch = (
  url: string,
  options: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
    readonly signal: AbortSignal;
    readonly maxBytes: number;
    /** How long the other side may say nothing, in milliseconds, when it is known to think for long. */
    readonly silenceMs?: number;
  },
) => Promise<{
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}>;

/** Everything a connector is given. It has no other rights. */
export interface ConnectorContext {
  /** The data source's settings, validated, without secrets. */
  readonly settings: Readonly<Record<string, Json>>;
  /** Decrypted secrets by setting name. Only those that are set. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly fetch: GuardedFetch;
  /**
   * Throws unless the operator allows a database connection to this address; called by connectors before they
   * connect, with what the builder typed. Answers the address to connect to, already resolved and checked.
   */
  readonly resolveAddress: (
    host: string,
    port: number,
  ) => Promise<{ readonly address: string; readonly family: 4 | 6 }>;
  /** Turns a file setting into an absolute path the operator allows, or throws. */
  readonly resolveFile: (path: string) => Promise<string>;
  readonly limits: {
    readonly maxConnections: number;
    readonly idleTimeoutMs: number;
    readonly connectTimeoutMs: number;
  };
}

/** Time limit and cancellation of one call. When either fires, the work is cancelled in the data system too. */
export interface CallOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Limits of a write, and who wants to know of it. */
export interface WriteOptions extends CallOptions {
  /** Only for tables with `capturesChanges`. */
  readonly capture?: ChangeCapture;
}

/** Row operations over described tables. Identifiers in requests are checked against the description. */
export interface TablesCapability {
  list(request: ListRequest, schema: SchemaDescription, options: CallOptions): Promise<ListResult>;
  /** Undefined when there is no such row. */
  read(request: ReadRequest, schema: SchemaDescription, options: CallOptions): Promise<Row | undefined>;
  /** The rows as stored, with generated values. */
  create(request: CreateRequest, schema: SchemaDescription, options: WriteOptions): Promise<readonly Row[]>;
  /** The rows as stored. A row that differs from `expected` throws `conflict` with `details: { current, yours }`. */
  update(request: UpdateRequest, schema: SchemaDescription, options: WriteOptions): Promise<readonly Row[]>;
  /** How many rows were deleted. A missing row throws `notFound` and nothing is deleted. */
  delete(request: DeleteRequest, schema: SchemaDescription, options: WriteOptions): Promise<number>;
  /** True when writes tell `WriteOptions.capture` of their changes. Flows cannot start by the rows of others. */
  readonly capturesChanges?: boolean;
  aggregate(request: AggregateRequest, schema: SchemaDescription, options: CallOptions): Promise<AggregateResult>;
  /** Rows in pages without holding them all: for exports. Ends when the consumer stops. */
  stream(
    request: Omit<ListRequest, 'limit' | 'cursor' | 'offset' | 'total'>,
    schema: SchemaDescription,
    options: CallOptions,
  ): AsyncIterable<readonly Row[]>;
}

/** Rows written on trial: seen by whoever works through it, by nobody else, and undone at its end. */
export interface DataTrial {
  readonly tables: TablesCapability;
  /** Undoes everything. It also ends by itself, with the limits it began with: calls then throw `data.trial-over`. */
  end(): Promise<void>;
}

/** Notices that a data system sends by itself. */
export interface NoticesCapability {
  /** Listens until the signal fires; rejects when the connection is lost or the session is closed. */
  listen(
    channel: string,
    options: {
      readonly signal: AbortSignal;
      /** Everything that is sent from now on is heard. */
      readonly onListening: () => void;
      readonly onNotice: (payload: string) => void;
    },
  ): Promise<void>;
}

/** A copy of everything that a data system holds for these settings. */
export interface BackupCapability {
  /** How names of such copies end: `dump`, `sql`, `sqlite`. */
  readonly ending: string;
  /** The copy, as it is made. Fails when it does not come to its end: what was read until then is no copy. */
  read(options: CallOptions): AsyncIterable<Uint8Array>;
}

/** An open connection (pool) to one data source in one environment. Lazily connects. */
export interface DataSession {
  /** Resolves when the system answers with these settings; throws an `AppError` that names the next step. */
  test(options: CallOptions): Promise<void>;
  introspect?(options: CallOptions): Promise<SchemaDescription>;
  readonly tables?: TablesCapability;
  readonly structure?: StructureEditor;
  /** Where writes keep what their capture answers. Absent: it must answer nothing. */
  readonly outbox?: SessionOutbox;
  query?(request: QueryRequest, options: CallOptions): Promise<QueryResult>;
  /** Left out by systems that send none. */
  readonly notices?: NoticesCapability;
  /** Left out by systems that are copied by other means. */
  readonly backup?: BackupCapability;
  /** For dry runs. Left out by systems that cannot undo what was written. */
  beginTrial?(options: CallOptions): DataTrial;
  close(): Promise<void>;
}

/** A connector's code. Loaded when a data source of its kind is first used. */
export interface ConnectorImplementation {
  open(context: ConnectorContext): DataSession;
}

/** A connector's manifest with a way to load its code. */
export interface ConnectorExtension {
  readonly manifest: ConnectorManifest;
  readonly load: () => Promise<ConnectorImplementation>;
}

/** Ties a connector's manifest to its code, loaded on first use. */
export function implementConnector<S extends SettingsSchema>(
  manifest: ConnectorManifest<S>,
  load: () => Promise<ConnectorImplementation>,
): ConnectorExtension {
  return { manifest: manifest as unknown as ConnectorManifest, load };
}
