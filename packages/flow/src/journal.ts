import type { Json } from '@fettle/base';

/**
 * What a run is doing. `held`: it must not begin yet, for its flow is paused or has begun often enough. `succeeded`,
 * `failed` and `cancelled` are final and never change.
 */
export type RunState = 'queued' | 'held' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled';

/** States that never change again. */
export const finalStates: ReadonlySet<RunState> = new Set(['succeeded', 'failed', 'cancelled']);

/** Variables by name. */
export type Vars = Readonly<Record<string, Json>>;

/** Why a run or step failed, as people and expressions see it. Holds no secret. */
export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** The step that failed. */
  readonly step?: string;
  readonly details?: Json;
}

/** What is known of a run from its start on. */
export interface RunHead {
  readonly id: string;
  readonly workspaceId: string;
  readonly appId: string;
  readonly flowId: string;
  /** The release (or `draft-<revision>`) the run is pinned to. */
  readonly version: string;
  readonly environment: 'development' | 'production';
  readonly trigger: Json;
  readonly user: { readonly id: string; readonly email: string; readonly name: string } | null;
  readonly isDryRun: boolean;
  /** How many flows called each other to get here: 0 for a run that a trigger started. */
  readonly depth: number;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** An attempt that failed. */
export interface FailedAttempt {
  readonly attempt: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly error: RunError;
}

/** What became of a step in one iteration. */
export type EntryState = 'started' | 'succeeded' | 'failed' | 'waiting' | 'skipped' | 'previewed';

/**
 * One step of a run in one iteration. `path` names it in the run: the scope, then the step's id. The top level has the
 * scope ''; the third item of a loop `stp_a` has the scope `stp_a#2/`.
 */
export interface JournalEntry {
  readonly path: string;
  readonly scope: string;
  readonly stepId: string;
  readonly name: string;
  readonly kind: string;
  readonly state: EntryState;
  /** From 1; 0 for steps that make no attempts. */
  readonly attempt: number;
  /** SHA-256 of the input as canonical JSON, hexadecimal; absent for steps without input. */
  readonly inputHash?: string;
  readonly input?: Json;
  readonly output?: Json;
  readonly error?: RunError;
  readonly idempotencyKey?: string;
  readonly logs?: readonly StepLog[];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly finishedAt?: number;
  /** When a step that waits or is to be tried again goes on. */
  readonly wakeAt?: number;
  /** Attempts that failed, the newest 20. */
  readonly tries?: readonly FailedAttempt[];
  /** The run that played this step, when it is not the one whose journal this is: a rerun begins with what it reuses. */
  readonly reusedFrom?: string;
  /** Values that the store keeps apart because of their size, by the hash of their JSON. */
  readonly large?: { readonly input?: string; readonly output?: string };
}

/** A line that an action logged. */
export interface StepLog {
  readonly at: number;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly details?: Json;
}
