import type { Json } from '@fettle/base';
import type { JournalEntry, RunError } from '../journal.ts';

/** One thing that is not as a test expects it. */
export interface FlowTestDifference {
  /** Pointer into the test: the mock or expectation that is not met. */
  readonly place: string;
  /** Pointer into the value that is compared; empty for the whole of it. */
  readonly path: string;
  /** In plain words. */
  readonly message: string;
  /** The next step. */
  readonly hint?: string;
  /** Name of the step that it is about. */
  readonly step?: string;
  readonly expected?: Json;
  readonly actual?: Json;
}

/** How a run of a test ended; absent when it was ended before. */
export interface FlowTestEnd {
  readonly state: 'succeeded' | 'failed' | 'waiting';
  readonly output?: Json;
  readonly error?: RunError;
}

/** What came of a test. */
export interface FlowTestResult {
  readonly test: string;
  readonly name: string;
  readonly flow: string;
  readonly hasPassed: boolean;
  /** Empty when it has passed. */
  readonly differences: readonly FlowTestDifference[];
  readonly end?: FlowTestEnd;
  /** In the order the steps began. */
  readonly entries: readonly JournalEntry[];
  readonly durationMs: number;
}
