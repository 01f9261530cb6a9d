import type { Duplex } from 'node:stream';
import type { Json } from '@fettle/base';
import type { GuardedFetch } from '../data/connector.ts';
import type { KeptValues } from '../data/kept-values.ts';
import type {
  AggregateRequest,
  AggregateResult,
  ListRequest,
  ListResult,
  QueryResult,
  ReadRequest,
  RowChange,
} from '../data/requests.ts';
import type { Row, RowKey } from '../data/table.ts';
import type { FlowActionManifest } from '../manifest/flow-action.ts';
import type { SettingsSchema } from '../manifest/manifest.ts';

/** Rows and queries as a flow may use them: in its app's workspace and environment, in the dry run's transaction. */
export interface FlowData {
  list(dataSource: string, request: ListRequest): Promise<ListResult>;
  read(dataSource: string, request: ReadRequest): Promise<Row | undefined>;
  create(dataSource: string, table: string, rows: readonly Row[]): Promise<readonly Row[]>;
  update(dataSource: string, table: string, changes: readonly RowChange[]): Promise<readonly Row[]>;
  /** How many rows were deleted. */
  delete(dataSource: string, table: string, keys: readonly RowKey[]): Promise<number>;
  aggregate(dataSource: string, request: AggregateRequest): Promise<AggregateResult>;
  /** Rows in pages, without holding them all. */
  stream(
    dataSource: string,
    request: Omit<ListRequest, 'limit' | 'cursor' | 'offset' | 'total'>,
  ): AsyncIterable<readonly Row[]>;
  /** Names of the primary key's columns. */
  primaryKey(dataSource: string, table: string): Promise<readonly string[]>;
  /** A query of the app by its id. */
  runQuery(query: string, parameters: Readonly<Record<string, Json>>): Promise<QueryResult>;
}

/** Types of records that names are looked up for. */
export const lookUpTypes = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT'] as const;

/** A certificate as a service shows it. Times are instants in ISO 8601. */
export interface NetworkCertificate {
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** The host names it is for. */
  readonly names: readonly string[];
  /** True when the server would trust it for this host now. */
  readonly isTrusted: boolean;
  /** Why it does not. */
  readonly problem?: string;
}

/** Looks at other machines without speaking to them. Where to is guarded as for requests. */
export interface FlowNetwork {
  /** Records as text; of MX, the priority stands in front. Throws `not-found` when there is none. */
  lookUp(name: string, type: (typeof lookUpTypes)[number]): Promise<readonly string[]>;
  /** Opens a connection and closes it again. Throws when nothing listens there. */
  connect(host: string, port: number): Promise<{ readonly address: string; readonly ms: number }>;
  certificate(host: string, port: number): Promise<NetworkCertificate>;
}

/** Files of the workspace. */
export interface FlowFiles {
  read(id: string): Promise<{ readonly name: string; readonly type: string; readonly bytes: Uint8Array }>;
  /** Answers the id of the new file. */
  write(file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array }): Promise<string>;
}

/** What an action may ask of Fettle itself. */
export interface FlowPlatform {
  /** Shows a notification to people of the workspace, by user id or e-mail address. Answers how many were told. */
  notify(message: {
    readonly to: readonly string[];
    readonly title: string;
    readonly body?: string;
    /** A path of the app, such as `/tickets/12`, or an address that begins with https. */
    readonly link?: string;
    /** The same for every try: with the same key nobody is told twice. */
    readonly key?: string;
  }): Promise<number>;
  /**
   * Starts another flow of the app and does not wait. Answers the run's id. With the same `key`, which is the same for every
   * try, a flow is started once.
   */
  startFlow(flow: string, input: Readonly<Record<string, Json>>, key?: string): Promise<string>;
  /**
   * Stores a copy of everything in a data source that the step names by a fixed setting, as a file of the workspace. The file
   * is there whole, or not at all; the time and an ending follow its name.
   */
  backUp(
    dataSource: string,
    how: { readonly name: string; readonly signal: AbortSignal },
  ): Promise<{ readonly file: string; readonly name: string; readonly bytes: number }>;
  /** Forgets cached answers of a data source. */
  invalidate(dataSource: string): Promise<void>;
  /** Answers the webhook request that waits for this run; false when none waits (any more). */
  respond(reply: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Json;
  }): Promise<boolean>;
  /** Who e-mail comes from, as `Name <address>`; undefined when no mail server is configured. */
  readonly mailFrom: string | undefined;
  /** Sends a message by the installation's mail server. Throws when none is configured. */
  sendMail(mail: {
    readonly to: readonly string[];
    readonly cc?: readonly string[];
    readonly bcc?: readonly string[];
    readonly replyTo?: string;
    /** The same for every try, so that mailboxes can tell doubles; made up when absent. */
    readonly messageId?: string;
    readonly subject: string;
    readonly text: string;
    readonly html?: string;
    readonly attachments?: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
    readonly calendar?: { readonly method: 'request' | 'cancel'; readonly content: string };
  }): Promise<{ readonly messageId: string }>;
  /** Runs a script in the sandbox, off the main thread. `value` is what it returned. */
  runScript(
    code: string,
    input: Readonly<Record<string, unknown>>,
    limits: { readonly timeoutMs: number; readonly memoryBytes: number; readonly signal: AbortSignal },
  ): Promise<{ readonly value: Json; readonly logs: readonly string[] }>;
}

/** Opens a TCP connection to an address that the operator allows; the rules are those of {@link GuardedFetch}. */
export type GuardedConnect = (host: string, port: number, signal: AbortSignal) => Promise<Duplex>;

/** Everything an action is given. It has no other rights. */
export interface FlowActionContext<T = Readonly<Record<string, Json>>> {
  /** The step's settings with every binding replaced by its value, checked against the manifest. */
  readonly settings: T;
  /** Values of settings marked secret, when the step names a stored secret. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Fires on cancellation, at the time limit, and when the run was taken over by another worker. */
  readonly signal: AbortSignal;
  /** The same for every attempt of this step in this iteration; hand it to systems that can tell doubles. */
  readonly idempotencyKey: string;
  /** From 1. */
  readonly attempt: number;
  /** True in a dry run. Only actions with effect `none`, `read` or `write` are run then. */
  readonly isDryRun: boolean;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeZone: string;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string, details?: Json) => void;
  readonly fetch: GuardedFetch;
  readonly network: FlowNetwork;
  readonly connect: GuardedConnect;
  readonly data: FlowData;
  readonly files: FlowFiles;
  readonly platform: FlowPlatform;
  /** In plugins whose permissions ask for storage; nowhere else. */
  readonly storage?: KeptValues;
}

/** A flow action's code. Throws an `AppError`; its kind and code decide about retries. */
export interface FlowActionImplementation {
  run(context: FlowActionContext): Promise<Json>;
  /** In one line what an action with effect `outside` would do: for the report of a dry run. */
  describe?(settings: Readonly<Record<string, Json>>): string;
}

/** A flow action's manifest with a way to load its code. */
export interface FlowActionExtension {
  readonly manifest: FlowActionManifest;
  readonly load: () => Promise<FlowActionImplementation>;
}

/** Ties a flow action's manifest to its code, loaded on first use. */
export function implementFlowAction<S extends SettingsSchema>(
  manifest: FlowActionManifest<S>,
  load: () => Promise<FlowActionImplementation>,
): FlowActionExtension {
  return { manifest: manifest as unknown as FlowActionManifest, load };
}
