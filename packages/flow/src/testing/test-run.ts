import { AppError, inputError, isJsonObject, type Json } from '@fettle/base';
import { allSteps, checkFlowInputs, type Flow, type FlowMock } from '@fettle/definition';
import type { JournalEntry, Vars } from '../journal.ts';
import type {
  ActionCall,
  ActionHost,
  ChildRun,
  ClaimedRun,
  RunCommit,
  RunHost,
  RunStore,
  WaitState,
} from '../ports.ts';
import type { PlayEnd } from '../run/play-run.ts';
import { stepText } from './step-text.ts';
import type { TestWorld } from './test-world.ts';
import { splitPath, turnText } from './turns.ts';

/** What a run of a test begins with. */
export interface TestRunStart {
  readonly flow: Flow;
  readonly head: Omit<ClaimedRun, 'vars' | 'isResumed'>;
  readonly vars: Vars;
  /** The steps that called it, outermost first, and the loops around these; empty for the test's own run. */
  readonly within: readonly string[];
  readonly outerScope: string;
  /** The run that waits for its end. */
  readonly caller: TestRun | undefined;
}

/** One run of a test: of its own flow, or of one that is called for real. */
export class TestRun {
  readonly #world: TestWorld;
  readonly #names: ReadonlyMap<string, string>;
  readonly #scopes = new Map<string, Map<string, JournalEntry>>();
  readonly #entries = new Map<string, JournalEntry>();
  readonly #waits = new Map<string, FlowMock | undefined>();
  readonly #expiries = new Map<string, number>();
  readonly #rowsOf = new Map<string, readonly Json[]>();
  readonly #children = new Map<string, TestRun>();
  readonly start: TestRunStart;
  vars: Vars;
  /** Whether it has something to do now. */
  isReady = true;
  hasBegun = false;
  end: PlayEnd | undefined;
  endedAt: number | undefined;
  /** Steps that wait for an answer that the test does not give. */
  readonly unanswered = new Set<string>();

  constructor(world: TestWorld, start: TestRunStart) {
    this.#world = world;
    this.start = start;
    this.vars = start.vars;
    this.#names = new Map(allSteps(start.flow.steps).map(({ id, name }) => [id, name]));
  }

  /** What the journal has, in the order the steps began. */
  get entries(): readonly JournalEntry[] {
    return [...this.#entries.values()];
  }

  /** Flows that it waits for. */
  get awaited(): readonly TestRun[] {
    return [...this.#children.values()].filter(({ start, end }) => start.caller === this && end?.state === 'waiting');
  }

  readonly observe = (entry: JournalEntry): void => {
    this.#entries.set(entry.path, entry);
    let scope = this.#scopes.get(entry.scope);
    if (scope === undefined) this.#scopes.set(entry.scope, (scope = new Map()));
    scope.set(entry.path, entry);
    this.#world.count();
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
    describe: (type, settings) =>
      this.#world.actions.describe(type, settings) ?? { effect: 'outside', timeoutMs: 60_000 },
    run: (call) => this.#run(call),
    preview: () => Promise.resolve({ description: '', output: null }),
  };

  readonly runHost: RunHost = {
    startChild: async ({ path, flow, ...request }) => this.#startChild(path, flow, request),
    openWait: (asked) => Promise.resolve(this.#openWait(asked)),
    rows: (_run, _request, page) => Promise.resolve(this.#rows(page)),
    waitAddress: (_run, path, kind) => `https://fettle.test/${kind}/${path}`,
  };

  async #run(call: ActionCall): Promise<Json> {
    // The key of an attempt is its run and its path.
    const at = this.#place(call.idempotencyKey.slice(call.runId.length + 1));
    const mock = this.#world.mocks.take(at);
    if (mock !== undefined) return outcomeOf(mock);
    const described = this.#world.actions.describe(call.type, call.settings);
    if (described === undefined)
      throw inputError({
        code: 'flow.action-not-installed',
        message: `The action "${call.type}" is not installed.`,
        hint: 'Install the plugin it comes from, or replace the step.',
      });
    if (described.effect === 'none')
      return this.#world.time.hold(this.#world.actions.run(call, () => this.#world.time.now()));
    const does = described.effect === 'read' ? 'reads something' : 'changes something outside';
    return this.#unmocked(at, `${does}${turnText(at.scope)}, and the test does not say what it gives.`);
  }

  #startChild(path: string, flow: string, request: ChildRequest): ChildRun {
    const known = this.#children.get(path);
    if (known !== undefined) return stateOf(known);
    const at = this.#place(path);
    const mock = this.#mockOfWait(path, at);
    if (mock?.runs === true) return this.#runChild(at, { ...request, path, flow });
    const id = `run_of_${splitPath(path).stepId}`;
    if (mock?.expires === true && request.isAwaited) {
      this.unanswered.add(at.name);
      return { id, state: 'running' };
    }
    if (mock?.error !== undefined) {
      const { code, message, hint } = mock.error;
      return { id, state: 'failed', error: { code, message, ...(hint === undefined ? {} : { hint }) } };
    }
    const does = `starts another flow${turnText(at.scope)}, and the test does not say what it gives.`;
    const output =
      mock === undefined
        ? this.#unmocked(at, does, 'Let it run for real, or give it a mock, with an output or an error.')
        : outcomeOf(mock);
    if (request.isAwaited) return { id, state: 'succeeded', output };
    return { id: isJsonObject(output) && typeof output['run'] === 'string' ? output['run'] : id, state: 'queued' };
  }

  #runChild(at: TestPlace, request: ChildRequest & { readonly path: string; readonly flow: string }): ChildRun {
    const { flows, time } = this.#world;
    const flow = Object.hasOwn(flows, request.flow) ? flows[request.flow] : undefined;
    if (flow === undefined)
      throw this.#world.leave({
        place: '/mocks',
        message: `The flow that ${stepText(at)} calls is not there.`,
        hint: 'Choose another flow in the step, or mock what it gives.',
        step: at.within[0] ?? at.name,
      });
    const { head } = this.start;
    const child = this.#world.begin({
      flow,
      head: {
        ...head,
        id: `${head.id}.${request.path}`,
        flowId: flow.id,
        trigger: checkFlowInputs(flow, request.input),
        depth: head.depth + 1,
        createdAt: time.now(),
      },
      vars: {},
      within: [...at.within, at.name],
      outerScope: at.scope,
      caller: request.isAwaited ? this : undefined,
    });
    this.#children.set(request.path, child);
    return stateOf(child);
  }

  #openWait(asked: Parameters<RunHost['openWait']>[0]): WaitState {
    const { path, kind } = asked;
    const at = this.#place(path);
    const mock = this.#mockOfWait(path, at);
    if (mock === undefined) {
      this.unanswered.add(at.name);
      return { isExpired: false, wakeAt: undefined };
    }
    if (mock.expires === true) {
      const expiry = this.#expiryOf(asked);
      return { isExpired: expiry === undefined || this.#world.time.now() >= expiry, wakeAt: expiry };
    }
    const answer = outcomeOf(mock);
    const isPartial = kind === 'approval' && isJsonObject(answer);
    return {
      answer: isPartial ? { approved: true, values: {}, by: null, comment: null, ...answer } : answer,
      isExpired: false,
      wakeAt: undefined,
    };
  }

  /** When nobody is left to be asked: after the deadline of the last level. */
  #expiryOf({ path, deadline, approval }: Parameters<RunHost['openWait']>[0]): number | undefined {
    if (deadline === undefined) return undefined;
    const known = this.#expiries.get(path);
    if (known !== undefined) return known;
    let usualMs = deadline - this.#world.time.now();
    let expiry = deadline;
    for (const { durationMs } of approval?.escalations ?? []) {
      usualMs = Math.max(durationMs ?? usualMs, 1000);
      expiry += usualMs;
    }
    this.#expiries.set(path, expiry);
    return expiry;
  }

  /** A run that was put aside asks again: that is the same wait. */
  #mockOfWait(path: string, at: TestPlace): FlowMock | undefined {
    if (!this.#waits.has(path)) this.#waits.set(path, this.#world.mocks.take(at));
    return this.#waits.get(path);
  }

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
    const at = this.#place(path);
    const mock = this.#world.mocks.take(at);
    const does = `goes over the rows of a table${turnText(at.scope)}, and the test does not give any.`;
    const output = mock === undefined ? this.#unmocked(at, does) : outcomeOf(mock);
    if (Array.isArray(output)) return output as readonly Json[];
    if (output === null) return [];
    throw this.#world.leave({
      place: this.#mockPlace(mock),
      message: `The mock of ${stepText(at)} gives no list of rows.`,
      hint: 'Give a list, such as [{ "id": 1 }].',
      step: at.within[0] ?? at.name,
    });
  }

  #unmocked(at: TestPlace, does: string, hint = 'Give it a mock, with an output or an error.'): Json {
    if (this.#world.test.unmocked === 'succeed') return null;
    throw this.#world.leave({
      place: '/mocks',
      message: `${stepText(at)} ${does}`,
      hint,
      step: at.within[0] ?? at.name,
    });
  }

  #mockPlace(mock: FlowMock | undefined): string {
    const index = mock === undefined ? -1 : (this.#world.test.mocks ?? []).indexOf(mock);
    return index === -1 ? '/mocks' : `/mocks/${index}`;
  }

  #place(path: string): TestPlace {
    const { scope, stepId } = splitPath(path);
    const { within, outerScope } = this.start;
    return { within, scope: outerScope + scope, name: this.#names.get(stepId) ?? stepId };
  }
}

interface ChildRequest {
  readonly input: Readonly<Record<string, Json>>;
  readonly isAwaited: boolean;
}

/** A step as a test names it, and the loops around it from the outermost flow inwards. */
interface TestPlace {
  readonly within: readonly string[];
  readonly name: string;
  readonly scope: string;
}

function stateOf({ start: { head, caller }, end }: TestRun): ChildRun {
  const { id } = head;
  // Whoever only starts a flow does not hear of its end.
  if (caller === undefined) return { id, state: 'queued' };
  if (end?.state === 'succeeded') return { id, state: end.state, output: end.output };
  return end?.state === 'failed' ? { id, state: end.state, error: end.error } : { id, state: 'running' };
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
  if (expires === true || mock.runs === true)
    throw inputError({
      code: expires === true ? 'flow-test.no-wait' : 'flow-test.runs-no-flow',
      message:
        expires === true
          ? `"${mock.step}" waits for no answer, so it cannot expire.`
          : `"${mock.step}" calls no flow that could run.`,
      hint: 'Give its mock an output or an error.',
    });
  return (output ?? null) as Json;
}
