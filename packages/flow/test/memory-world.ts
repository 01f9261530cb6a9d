import { createHash } from 'node:crypto';
import { ok, type Json, type Result } from '@fettle/base';
import type { Flow, FlowStep } from '@fettle/definition';
import {
  FenceLostError,
  finalStates,
  planFlow,
  playRun,
  reuseJournal,
  type ActionCall,
  type ActionHost,
  type ChildRun,
  type JournalEntry,
  type PlayEnd,
  type RerunProblem,
  type RunCommit,
  type RunError,
  type RunHead,
  type RunHost,
  type RunState,
  type RunStore,
  type StepLog,
  type Timer,
  type Vars,
  type WaitState,
} from '../src/index.ts';

/** Ends the "process" at a chosen place: what was not written is lost. */
export class Crash extends Error {}

interface StoredRun {
  head: RunHead;
  state: RunState;
  fence: number;
  vars: Vars;
  output: Json | undefined;
  error: RunError | undefined;
  wakeAt: number | undefined;
  entries: Map<string, JournalEntry>;
}

/** Which rows a loop asks for. */
export type RowPage = Pick<Parameters<RunHost['rows']>[2], 'size' | 'cursor'>;

/** An effect that reached the outside. */
export interface Effect {
  readonly key: string;
  readonly value: Json;
}

/** A world without a database: runs, their journals, a clock that is moved by hand, and actions that count. */
export class MemoryWorld implements RunStore {
  time = 1_700_000_000_000;
  readonly runs = new Map<string, StoredRun>();
  readonly flows = new Map<string, Flow>();
  readonly effects: Effect[] = [];
  readonly answers = new Map<string, Json>();
  readonly expired = new Set<string>();
  /** What hosts tell of a wait, by run and path. */
  readonly histories = new Map<string, readonly StepLog[]>();
  commits = 0;
  /** Crash before the commit (or effect) of this number, counted from the last set. */
  crashBefore: number | undefined;
  rows: readonly Json[] = [];
  /** How many rows loops have asked for at once. */
  readonly pageSizes: number[] = [];
  unexpected: unknown[] = [];
  loadedScopes: string[] = [];
  /** Actions by type; `effect` is what `describe` says. */
  actions: Record<
    string,
    { effect: 'none' | 'read' | 'write' | 'outside'; run: (call: ActionCall) => Json | Promise<Json> }
  > = {
    'test/echo': { effect: 'none', run: ({ settings }) => settings['value'] ?? null },
    'test/effect': {
      effect: 'outside',
      run: ({ settings, idempotencyKey }) => {
        this.#maybeCrash();
        this.effects.push({ key: idempotencyKey, value: settings['value'] ?? null });
        this.#maybeCrash();
        return settings['value'] ?? null;
      },
    },
  };

  add(flow: Flow): Flow {
    this.flows.set(flow.id, flow);
    return flow;
  }

  start(flow: Flow, trigger: Json = {}, facts: Partial<RunHead> = {}): string {
    this.add(flow);
    const id = `run_${this.runs.size + 1}`;
    this.runs.set(id, {
      head: {
        id,
        workspaceId: 'wsp_1',
        appId: 'app_1',
        flowId: flow.id,
        version: 'rel_1',
        environment: 'production',
        trigger,
        user: null,
        isDryRun: false,
        depth: 0,
        createdAt: this.time,
        ...facts,
      },
      state: 'queued',
      fence: 0,
      vars: {},
      output: undefined,
      error: undefined,
      wakeAt: undefined,
      entries: new Map(),
    });
    return id;
  }

  /** Starts a run that goes on from a step of another one, on another version of the flow when it is given. */
  rerun(id: string, from: string, now?: Flow): Result<string, RerunProblem> {
    const old = this.#run(id);
    const before = this.flows.get(old.head.flowId) as Flow;
    const entries = this.entries(id);
    const reused = reuseJournal({ runId: id, before, now: now ?? before, entries, from, at: this.time });
    if (!reused.ok) return reused;
    const next = this.start(now ?? before, old.head.trigger);
    const run = this.#run(next);
    run.vars = reused.value.vars;
    for (const entry of reused.value.entries) run.entries.set(entry.path, structuredClone(entry));
    return ok(next);
  }

  /** Claims and plays a run once. */
  async play(
    id: string,
    options: { readonly signal?: AbortSignal; readonly isCancelRequested?: boolean } = {},
  ): Promise<PlayEnd> {
    const run = this.#run(id);
    run.fence += 1;
    const flow = this.flows.get(run.head.flowId);
    if (flow === undefined) throw new Crash('no flow');
    return playRun({
      run: {
        ...run.head,
        fence: run.fence,
        vars: run.vars,
        isResumed: run.fence > 1 || run.entries.size > 0,
        isCancelRequested: options.isCancelRequested ?? false,
      },
      plan: planFlow(flow),
      store: this,
      actions: this.actionHost,
      host: this.runHost,
      timer: this.timer,
      signal: options.signal ?? new AbortController().signal,
      hash: (text) => createHash('sha256').update(text).digest('hex'),
      env: { name: 'production' },
      onUnexpected: (error) => this.unexpected.push(error),
    });
  }

  /** Plays a run and its children to their ends, moving the clock over waits. */
  async finish(id: string): Promise<PlayEnd> {
    for (let turn = 0; turn < 200; turn += 1) {
      const end = await this.play(id);
      if (end.state !== 'waiting') return end;
      for (const child of this.runs.values()) {
        if (child.head.id !== id && !finalStates.has(child.state)) await this.finish(child.head.id);
      }
      if (end.wakeAt !== undefined) this.time = Math.max(this.time, end.wakeAt);
    }
    throw new Crash('never ends');
  }

  /** What loops over rows are given. */
  pageOfRows({ size, cursor }: RowPage): Awaited<ReturnType<RunHost['rows']>> {
    const start = Number(cursor ?? 0);
    const next = start + size < this.rows.length ? String(start + size) : undefined;
    return { rows: this.rows.slice(start, start + size), next };
  }

  entries(id: string): readonly JournalEntry[] {
    return [...this.#run(id).entries.values()];
  }

  entry(id: string, path: string): JournalEntry | undefined {
    return this.#run(id).entries.get(path);
  }

  loadScope(runId: string, scope: string): Promise<readonly JournalEntry[]> {
    this.loadedScopes.push(scope);
    return Promise.resolve(this.entries(runId).filter((entry) => entry.scope === scope));
  }

  async commit(runId: string, fence: number, commit: RunCommit): Promise<void> {
    this.#maybeCrash();
    await Promise.resolve();
    const run = this.#run(runId);
    if (run.fence !== fence || finalStates.has(run.state)) throw new FenceLostError(runId);
    this.commits += 1;
    for (const entry of commit.entries) run.entries.set(entry.path, structuredClone(entry));
    if (commit.vars !== undefined) run.vars = structuredClone(commit.vars);
    run.state = commit.outcome?.state ?? 'running';
    if (commit.outcome?.state === 'waiting') run.wakeAt = commit.outcome.wakeAt;
    else if (commit.outcome !== undefined) {
      run.output = commit.outcome.output;
      run.error = commit.outcome.error;
    }
  }

  readonly timer: Timer = {
    now: () => this.time,
    after: (ms, callback) => {
      const timeout = setTimeout(
        () => {
          this.time += ms;
          callback();
        },
        Math.min(ms, 50),
      );
      if (ms > 50) timeout.unref();
      return () => clearTimeout(timeout);
    },
  };

  readonly actionHost: ActionHost = {
    describe: (type) => {
      const action = this.actions[type];
      return action === undefined ? undefined : { effect: action.effect, timeoutMs: 60_000 };
    },
    run: async (call) => this.actions[call.type]?.run(call) ?? null,
    preview: (call) => Promise.resolve({ description: `Would run ${call.type}`, output: { example: true } }),
  };

  readonly runHost: RunHost = {
    startChild: (request): Promise<ChildRun> => {
      const known = [...this.runs.values()].find(
        ({ head }) => (head as { childOf?: string }).childOf === `${request.parent.id} ${request.path}`,
      );
      if (known !== undefined) {
        return Promise.resolve({
          id: known.head.id,
          state: known.state,
          ...(known.output === undefined ? {} : { output: known.output }),
          ...(known.error === undefined ? {} : { error: known.error }),
        });
      }
      const flow = this.flows.get(request.flow);
      if (flow === undefined) throw new Crash('no child flow');
      const id = this.start(flow, request.input, {
        depth: request.parent.depth + 1,
        childOf: `${request.parent.id} ${request.path}`,
      } as Partial<RunHead>);
      return Promise.resolve({ id, state: 'queued' });
    },
    openWait: ({ run, path, deadline }): Promise<WaitState> => {
      const answer = this.answers.get(`${run.id} ${path}`);
      const isExpired = deadline !== undefined && this.time >= deadline;
      const history = this.histories.get(`${run.id} ${path}`) ?? [];
      return Promise.resolve({ ...(answer === undefined ? {} : { answer }), isExpired, wakeAt: deadline, history });
    },
    rows: (_run, _request, page) => {
      this.pageSizes.push(page.size);
      return Promise.resolve(this.pageOfRows(page));
    },
    waitAddress: (runId, path) => `https://fettle.example/${runId}/${path}`,
  };

  #run(id: string): StoredRun {
    const run = this.runs.get(id);
    if (run === undefined) throw new Crash(`no run ${id}`);
    return run;
  }

  #maybeCrash(): void {
    if (this.crashBefore === undefined) return;
    this.crashBefore -= 1;
    if (this.crashBefore < 0) {
      // Whatever still runs in the dead process can write nothing any more.
      for (const run of this.runs.values()) if (!finalStates.has(run.state)) run.fence += 1;
      this.crashBefore = undefined;
      throw new Crash('killed');
    }
  }
}

/** A flow of these steps. */
export function flowOf(steps: readonly FlowStep[], facts: Partial<Flow> = {}): Flow {
  return { id: 'flw_1', name: 'main', trigger: { type: 'core/manual', settings: {} }, steps: [...steps], ...facts };
}

/** A step that gives back its value. */
export const echo = (name: string, value: unknown, facts: Partial<FlowStep> = {}): FlowStep =>
  ({ id: `stp_${name}`, name, kind: 'action', type: 'test/echo', settings: { value }, ...facts }) as FlowStep;

/** A step whose value reaches the outside. */
export const effect = (name: string, value: unknown, facts: Partial<FlowStep> = {}): FlowStep =>
  ({ id: `stp_${name}`, name, kind: 'action', type: 'test/effect', settings: { value }, ...facts }) as FlowStep;
