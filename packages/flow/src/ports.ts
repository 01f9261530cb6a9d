import type { Json } from '@fettle/base';
import type { JournalEntry, RunError, RunHead, RunState, StepLog, Vars } from './journal.ts';

/** A run as a worker holds it. `fence` rises with every claim: writes with an older one are refused. */
export interface ClaimedRun extends RunHead {
  readonly fence: number;
  readonly vars: Vars;
  /** True when the run has entries already: it goes on, or begins with what it reuses of another run. */
  readonly isResumed: boolean;
  readonly isCancelRequested: boolean;
}

/** What a worker writes in one transaction. */
export interface RunCommit {
  readonly entries: readonly JournalEntry[];
  /** Variables as they are now; absent: not changed. */
  readonly vars?: Vars;
  /** How the run goes on. Absent: it is still running. */
  readonly outcome?:
    | { readonly state: 'waiting'; readonly wakeAt: number | undefined }
    | {
        readonly state: Extract<RunState, 'succeeded' | 'failed' | 'cancelled'>;
        readonly output?: Json;
        readonly error?: RunError;
      };
}

/** Where runs and their journals are kept. Every write is one transaction, durable when it resolves. */
export interface RunStore {
  /** Entries of one scope (`''` is the top level) of a run that is resumed, in no particular order. */
  loadScope(runId: string, scope: string): Promise<readonly JournalEntry[]>;
  /**
   * Writes under the fence. Throws {@link FenceLostError} when another worker holds the run or it has ended: nothing
   * is written then. An outcome `waiting` must not lose a wake-up that came while the run was running: the host
   * queues the run at once then.
   */
  commit(runId: string, fence: number, commit: RunCommit): Promise<void>;
}

/** Another worker has the run, or it has ended: what this one still does must not count. */
export class FenceLostError extends Error {
  constructor(runId: string) {
    super(`Run ${runId} is held by another worker or has ended.`);
    this.name = 'FenceLostError';
  }
}

/** One attempt of an action, ready to be made. */
export interface ActionCall {
  readonly runId: string;
  readonly stepId: string;
  readonly type: string;
  readonly settings: Readonly<Record<string, Json>>;
  readonly attempt: number;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal;
  readonly log: (level: 'debug' | 'info' | 'warn' | 'error', message: string, details?: Json) => void;
}

/** Thrown by {@link ActionHost.run} in a dry run: this cannot be undone, so it is to be shown instead. Nothing was done. */
export class PreviewInstead extends Error {
  constructor() {
    super('This cannot be done on trial.');
    this.name = 'PreviewInstead';
  }
}

/** Runs actions: the server with the installed extensions, tests with their own. */
export interface ActionHost {
  /** Undefined when the type is not installed. */
  describe(
    type: string,
    settings: Readonly<Record<string, unknown>>,
  ): { readonly effect: 'none' | 'read' | 'write' | 'outside'; readonly timeoutMs: number } | undefined;
  /** In a dry run what it writes must be undone in the end; see {@link PreviewInstead}. */
  run(call: ActionCall): Promise<Json>;
  /** In a dry run instead of `run` for effects that reach outside: what would be done, and an example of its output. */
  preview(call: ActionCall): Promise<{ readonly description: string; readonly output: Json }>;
}

/** A child run, as the parent's step sees it. */
export interface ChildRun {
  readonly id: string;
  readonly state: RunState;
  readonly output?: Json;
  readonly error?: RunError;
}

/** What wait and sub-flow steps ask of the outside. All are idempotent by (run, path). */
export interface RunHost {
  /** Starts the child of this step, or finds the one that was started. */
  startChild(request: {
    readonly parent: RunHead;
    readonly path: string;
    readonly flow: string;
    readonly input: Readonly<Record<string, Json>>;
    /** True: the parent is woken when the child ends. */
    readonly isAwaited: boolean;
  }): Promise<ChildRun>;
  /** Opens the callback or approval of this step, or finds the one that was opened. */
  openWait(request: {
    readonly run: RunHead;
    readonly path: string;
    readonly stepName: string;
    readonly kind: 'callback' | 'approval';
    readonly deadline: number | undefined;
    readonly approval?: {
      readonly title: string;
      readonly message?: string;
      readonly assignees: readonly string[];
      readonly fields: readonly Json[];
      /** Who is asked as well when nobody answers in time, level by level, and how long everybody has then. */
      readonly escalations: readonly {
        readonly to: readonly string[];
        /** Milliseconds; absent: as long as those before had. */
        readonly durationMs?: number;
      }[];
    };
  }): Promise<WaitState>;
  /**
   * Rows of a table as pages for a loop over a cursor. `after` has for each row the cursor of the place after it, where
   * the table has such places.
   */
  rows(
    run: RunHead,
    request: Readonly<Record<string, Json>>,
    page: {
      readonly size: number;
      readonly cursor: string | undefined;
      /** The loop takes rows one by one: it asks for `after`. */
      readonly isByRow: boolean;
      readonly signal: AbortSignal;
      /** The loop that asks. */
      readonly path: string;
    },
  ): Promise<{
    readonly rows: readonly Json[];
    readonly next: string | undefined;
    readonly after?: readonly string[] | undefined;
  }>;
  /** The address that answers a wait step: known before the wait begins, so that a message can carry it. */
  waitAddress(runId: string, path: string, kind: 'callback' | 'approval'): string;
}

/** A callback or approval as it stands. */
export interface WaitState {
  readonly answer?: Json;
  readonly isExpired: boolean;
  /** When the host wants to be asked again at the latest: a deadline or an escalation. */
  readonly wakeAt: number | undefined;
  /** Who was asked and who answered, from the beginning: the same lines every time, then more. For the journal. */
  readonly history?: readonly StepLog[];
}
