import type { Json } from '@fettle/base';
import type { ConnectorContext, GuardedFetch } from '../data/connector.ts';
import type { ListRequest } from '../data/requests.ts';
import type { Row, TableDescription } from '../data/table.ts';
import type { FlowTriggerManifest } from '../manifest/flow-trigger.ts';
import type { SettingsSchema } from '../manifest/manifest.ts';
import type { FlowFiles, FlowNetwork } from './flow-action.ts';

/** One thing that a source brings: it starts the flow once. */
export interface SourceEvent {
  /** Tells what the source brings apart, for good: of two with the same key the second starts nothing. */
  readonly key: string;
  /** What the flow gets as `trigger`, as the manifest's `payload` says. */
  readonly trigger: Json;
}

/** What a source brings at once. */
export interface SourceBatch {
  readonly events: readonly SourceEvent[];
  /** Where the source goes on after them, kept in the transaction that stores their runs. Absent: it stays as it is. */
  readonly cursor?: Json;
  /** The same for people, in a few words: `id 1042`. */
  readonly position?: string;
}

/** A row of a table that a source reads. */
export interface SourceRow {
  /** The whole row: for comparing, and for the cursor. */
  readonly row: Row;
  /** As much of it as the flow may see: for what starts the flow. */
  readonly visible: Row;
}

/** Tables that the trigger's `uses` declare, in the data sources of the live environment. */
export interface SourceTables {
  describe(dataSource: string, table: string): Promise<TableDescription>;
  list(
    dataSource: string,
    request: ListRequest,
  ): Promise<{
    readonly rows: readonly SourceRow[];
    /** Give it back as `cursor` for the rows after the last one; absent at the end. */
    readonly next?: string;
  }>;
}

/** What looking at a source is given. It has no other rights. */
export interface FlowPeekContext {
  /** The trigger's settings, checked against the manifest, with defaults filled in. */
  readonly settings: Readonly<Record<string, Json>>;
  /** Values of settings marked secret, when the trigger names a stored secret. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The same for this flow of this app whatever process keeps it: for client ids, consumer groups and the like. */
  readonly name: string;
  /** Fires when the source is to be left alone: the process ends, the release changed, or another process has it. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
  readonly fetch: GuardedFetch;
  readonly network: FlowNetwork;
  /**
   * Throws unless the operator allows a connection to this address. Answers the address to connect to, resolved and
   * checked: connect to exactly this one, and to no other that the other side names.
   */
  readonly resolveAddress: ConnectorContext['resolveAddress'];
  readonly tables: SourceTables;
  /**
   * Listens to notices of a data source until the signal fires, or rejects when the connection is lost. `onListening` is
   * called when everything that is sent from now on is heard.
   */
  listen(
    dataSource: string,
    channel: string,
    handlers: { readonly onListening: () => void; readonly onNotice: (payload: string) => void },
  ): Promise<void>;
  /**
   * Does nothing for so many milliseconds, or until the signal fires. A plugin's code that neither rests nor asks for
   * anything for some minutes hangs, and is run again.
   */
  rest(ms: number): Promise<void>;
}

/** Everything a source is given. It has no other rights. */
export interface FlowSourceContext extends FlowPeekContext {
  /** Where the source stood last. Undefined: it begins now. Another one after every {@link deliver} that gave one. */
  readonly cursor: () => Json | undefined;
  /** Files that what starts the flow speaks of, by id. */
  readonly files: Pick<FlowFiles, 'write'>;
  /** The other side answers: for people who look at the trigger. */
  connected(): void;
  /**
   * Starts the flow for each event. Resolves when the runs are stored for good: acknowledge after that, not before.
   * Rejects when nothing was stored: acknowledge nothing then. Calls are worked off one after the other; what has come
   * may still be delivered after the signal fired, for a few seconds.
   */
  deliver(batch: SourceBatch): Promise<void>;
}

/**
 * The code of a trigger with source `poll` or `listen`. One process of the installation at a time runs it; another one
 * goes on with what was last delivered when that process ends, however it does.
 */
export interface FlowSourceImplementation {
  /** Works until the signal fires, and then resolves. When it throws, it is run again after a while. */
  run(context: FlowSourceContext): Promise<void>;
  /**
   * What would start the flow now, for people who build it: the newest there is, or what waits first. Takes nothing away,
   * acknowledges nothing and leaves nothing behind, on neither side. Undefined: there is none. A source that keeps nothing
   * may listen until the signal fires, after some seconds. Without it, the trigger cannot be tried.
   */
  peek?(context: FlowPeekContext): Promise<Json | undefined>;
}

/** A flow trigger's manifest with a way to load its code. */
export interface FlowTriggerExtension {
  readonly manifest: FlowTriggerManifest;
  readonly load: () => Promise<FlowSourceImplementation>;
}

/** Ties the manifest of a trigger with source `poll` or `listen` to its code, loaded on first use. */
export function implementFlowTrigger<S extends SettingsSchema>(
  manifest: FlowTriggerManifest<S>,
  load: () => Promise<FlowSourceImplementation>,
): FlowTriggerExtension {
  return { manifest: manifest as unknown as FlowTriggerManifest, load };
}
