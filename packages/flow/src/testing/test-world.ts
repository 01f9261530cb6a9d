import { AppError, inputError, isJsonObject, type Json } from '@fettle/base';
import { allSteps, type Flow, type FlowMock, type FlowTest } from '@fettle/definition';
import type { JournalEntry, Vars } from '../journal.ts';
import type { ActionCall, ActionHost, ChildRun, RunCommit, RunHost, RunStore, WaitState } from '../ports.ts';
import { RunReleased } from '../run/play-run.ts';
import { Mocks } from './mocks.ts';
import { splitPath, turnText } from './turns.ts';
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

/** The world of one test: its run, kept in memory, and mocks instead of everything outside. */
export class TestWorld {
  readonly #test: FlowTest;
  readonly #actions: TestActions;
  readonly #time: VirtualTime;
  readonly #names: ReadonlyMap<string, string>;
  readonly #mocks: Mocks;
  readonly #scopes = new Map<string, Map<string, JournalEntry>>();
  readonly #entries = new Map<string, JournalEntry>();
  readonly #leaving = new AbortController();
  #records = 0;
  vars: Vars;
  fault: TestFault | undefined;
  /** Steps that wait for an answer that the test does not give. */
  readonly unanswered = new Set<string>();

  constructor(options: {
    readonly test: FlowTest;
    readonly flow: Flow;
    readonly actions: TestActions;
    readonly time: VirtualTime;
  }) {
    this.#test = options.test;
    this.#actions = options.actions;
    this.#time = options.time;
    this.#mocks = new Mocks(options.test);
    this.#names = new Map(allSteps(options.flow.steps).map(({ id, name }) => [id, name]));
    this.vars = (options.test.vars ?? {}) as Vars;
  }

  /** Fires when the test cannot go on. */
  get signal(): AbortSignal {
    return this.#leaving.signal;
  }

  /** What the journal has, in the order the steps began. */
  get entries(): readonly JournalEntry[] {
    return [...this.#entries.values()];
  }

  /** Ends the test; the first fault is the one that counts. */
  leave(fault: TestFault): RunReleased {
    this.fault ??= fault;
    const reason = new RunReleased();
    this.#leaving.abort(reason);
    return reason;
  }

  readonly observe = (entry: JournalEntry): void => {
    this.#entries.set(entry.path, entry);
    let scope = this.#scopes.get(entry.scope);
    if (scope === undefined) this.#scopes.set(entry.scope, (scope = new Map()));
    scope.set(entry.path, entry);
    this.#records += 1;
    if (this.#records > mostRecords)
      this.leave({
        place: '/trigger',
        message: `The test takes more than ${mostRecords.toLocaleString('en')} steps.`,
        hint: 'Give it less to go over.',
      });
  };

  readonly store: RunStore = {
    loadScope: (_run, scope) => Promise.resolve([...(this.#scopes.get(scope)?.values() ?? [])]),
    commit: (_run, _fence, commit: RunCommit) => {
      if (commit.vars !== undefined) this.vars = commit.vars;
      return Promise.resolve();
    },
  };

  readonly actionHost: ActionHost = {
    // A mock stands in for an action that is not installed, too.
    describe: (type, settings) => this.#actions.describe(type, settings) ?? { effect: 'outside', timeoutMs: 60_000 },
    run: (call) => this.#run(call),
    preview: () => Promise.resolve({ description: '', output: null }),
  };

  readonly runHost: RunHost = {
    startChild: ({ path, isAwaited }) => Promise.resolve(this.#startChild(path, isAwaited)),
    openWait: ({ path, kind, deadline }) => Promise.resolve(this.#openWait(path, kind, deadline)),
    rows: (_run, _request, page) => Promise.resolve(this.#rows(page)),
    waitAddress: (_run, path, kind) => `https://fettle.test/${kind}/${path}`,
  };

  async #run(call: ActionCall): Promise<Json> {
    // The key of an attempt is its run and its path.
    const { name, scope } = this.#place(call.idempotencyKey.slice(call.runId.length + 1));
    const mock = this.#mocks.take(name, scope);
    if (mock !== undefined) return outcomeOf(mock);
    const described = this.#actions.describe(call.type, call.settings);
    if (described === undefined)
      throw inputError({
        code: 'flow.action-not-installed',
        message: `The action "${call.type}" is not installed.`,
        hint: 'Install the plugin it comes from, or replace the step.',
      });
    if (described.effect === 'none') return this.#time.hold(this.#actions.run(call, () => this.#time.now()));
    const does = described.effect === 'read' ? 'reads something' : 'changes something outside';
    return this.#unmocked(name, `"${name}" ${does}${turnText(scope)}, and the test does not say what it gives.`);
  }

  #startChild(path: string, isAwaited: boolean): ChildRun {
    const { name, scope } = this.#place(path);
    const mock = this.#mocks.take(name, scope);
    const id = `run_of_${splitPath(path).stepId}`;
    if (mock?.expires === true && isAwaited) {
      this.unanswered.add(name);
      return { id, state: 'running' };
    }
    if (mock?.error !== undefined) {
      const { code, message, hint } = mock.error;
      return { id, state: 'failed', error: { code, message, ...(hint === undefined ? {} : { hint }) } };
    }
    const message = `"${name}" starts another flow${turnText(scope)}, and the test does not say what it gives.`;
    const output = mock === undefined ? this.#unmocked(name, message) : outcomeOf(mock);
    if (isAwaited) return { id, state: 'succeeded', output };
    return { id: isJsonObject(output) && typeof output['run'] === 'string' ? output['run'] : id, state: 'queued' };
  }

  #openWait(path: string, kind: 'callback' | 'approval', deadline: number | undefined): WaitState {
    const { name, scope } = this.#place(path);
    // A run that was put aside asks again: that is the same wait.
    if (!this.#waits.has(path)) this.#waits.set(path, this.#mocks.take(name, scope));
    const mock = this.#waits.get(path);
    if (mock === undefined) {
      this.unanswered.add(name);
      return { isExpired: false, wakeAt: undefined };
    }
    if (mock.expires === true)
      return { isExpired: deadline === undefined || this.#time.now() >= deadline, wakeAt: deadline };
    const answer = outcomeOf(mock);
    const isPartial = kind === 'approval' && isJsonObject(answer);
    return {
      answer: isPartial ? { approved: true, values: {}, by: null, comment: null, ...answer } : answer,
      isExpired: false,
      wakeAt: undefined,
    };
  }

  readonly #waits = new Map<string, FlowMock | undefined>();
  readonly #rowsOf = new Map<string, readonly Json[]>();

  #rows(page: { readonly size: number; readonly cursor: string | undefined; readonly path: string }): {
    readonly rows: readonly Json[];
    readonly next: string | undefined;
  } {
    let rows = this.#rowsOf.get(page.path);
    if (rows === undefined) this.#rowsOf.set(page.path, (rows = this.#allRows(page.path)));
    const start = Number(page.cursor ?? 0);
    const end = start + page.size;
    return { rows: rows.slice(start, end), next: end < rows.length ? String(end) : undefined };
  }

  #allRows(path: string): readonly Json[] {
    const { name, scope } = this.#place(path);
    const mock = this.#mocks.take(name, scope);
    const message = `"${name}" goes over the rows of a table${turnText(scope)}, and the test does not give any.`;
    const output = mock === undefined ? this.#unmocked(name, message) : outcomeOf(mock);
    if (Array.isArray(output)) return output as readonly Json[];
    if (output === null) return [];
    throw this.leave({
      place: this.#mockPlace(mock),
      message: `The mock of "${name}" gives no list of rows.`,
      hint: 'Give a list, such as [{ "id": 1 }].',
      step: name,
    });
  }

  #unmocked(step: string, message: string): Json {
    if (this.#test.unmocked === 'succeed') return null;
    throw this.leave({
      place: '/mocks',
      message,
      hint: 'Give it a mock, with an output or an error.',
      step,
    });
  }

  #mockPlace(mock: FlowMock | undefined): string {
    const index = mock === undefined ? -1 : (this.#test.mocks ?? []).indexOf(mock);
    return index === -1 ? '/mocks' : `/mocks/${index}`;
  }

  #place(path: string): { readonly name: string; readonly scope: string } {
    const { scope, stepId } = splitPath(path);
    return { scope, name: this.#names.get(stepId) ?? stepId };
  }
}

/** What a mock gives, or the error that it fails with. */
function outcomeOf(mock: FlowMock): Json {
  const { error, output, expires } = mock;
  if (error !== undefined) {
    throw new AppError('upstream', {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      ...(isJsonObject(error.details) ? { details: error.details } : {}),
    });
  }
  if (expires === true)
    throw inputError({
      code: 'flow-test.no-wait',
      message: `"${mock.step}" waits for no answer, so it cannot expire.`,
      hint: 'Give its mock an output or an error.',
    });
  return (output ?? null) as Json;
}
