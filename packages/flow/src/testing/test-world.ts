import type { Json } from '@fettle/base';
import type { App, FlowTest } from '@fettle/definition';
import type { ActionCall } from '../ports.ts';
import { RunReleased } from '../run/play-run.ts';
import { Mocks } from './mocks.ts';
import { TestRun, type TestRunStart } from './test-run.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Actions as far as tests use them: what each would touch, and a way to run those that only compute. */
export interface TestActions {
  /** Undefined when the type is not installed. */
  describe(
    type: string,
    settings: Readonly<Record<string, unknown>>,
  ): { readonly effect: 'none' | 'read' | 'write' | 'outside'; readonly timeoutMs: number } | undefined;
  /** Only called for actions with the effect `none`. `now` is the clock of the test. */
  run(call: ActionCall, now: () => number): Promise<Json>;
}

/** Why a test cannot go on: it says nothing of something that it comes to. */
export interface TestFault {
  readonly place: string;
  readonly message: string;
  readonly hint: string;
  readonly step?: string;
}

const mostRecords = 50_000;
const mostRuns = 1_000;

/** The world of one test: its runs, kept in memory, and mocks instead of everything outside. */
export class TestWorld {
  readonly test: FlowTest;
  readonly flows: App['flows'];
  readonly actions: TestActions;
  readonly time: VirtualTime;
  readonly mocks: Mocks;
  /** The test's own run, then those that it called for real, in the order they began. */
  readonly runs: TestRun[] = [];
  readonly #leaving = new AbortController();
  #records = 0;
  fault: TestFault | undefined;

  constructor(options: {
    readonly test: FlowTest;
    readonly flows: App['flows'];
    readonly actions: TestActions;
    readonly time: VirtualTime;
  }) {
    this.test = options.test;
    this.flows = options.flows;
    this.actions = options.actions;
    this.time = options.time;
    this.mocks = new Mocks(options.test);
  }

  /** Fires when the test cannot go on. */
  get signal(): AbortSignal {
    return this.#leaving.signal;
  }

  /** Begins a run of a flow. */
  begin(start: TestRunStart): TestRun {
    if (this.runs.length >= mostRuns)
      throw this.leave({
        place: '/mocks',
        message: `The test calls flows more than ${mostRuns.toLocaleString('en')} times.`,
        hint: 'Give it less to go over, or mock what the flows give.',
      });
    const run = new TestRun(this, start);
    this.runs.push(run);
    return run;
  }

  /** Ends the test; the first fault is the one that counts. */
  leave(fault: TestFault): RunReleased {
    this.fault ??= fault;
    const reason = new RunReleased();
    this.#leaving.abort(reason);
    return reason;
  }

  /** Counts an entry of a journal: a test that never ends is ended. */
  count(): void {
    this.#records += 1;
    if (this.#records > mostRecords)
      this.leave({
        place: '/trigger',
        message: `The test takes more than ${mostRecords.toLocaleString('en')} steps.`,
        hint: 'Give it less to go over.',
      });
  }
}
