import type { Json } from '@fettle/base';
import type { App, Flow, FlowTest } from '@fettle/definition';
import { loadLibrary, type EvaluationLimits, type LibraryDefinitions } from '@fettle/expression';
import type { Vars } from '../journal.ts';
import { planFlow } from '../plan/plan-flow.ts';
import { playRun, type PlayEnd } from '../run/play-run.ts';
import type { Timer } from '../run/run-context.ts';
import { checkExpectations, type UnansweredStep } from './check-expectations.ts';
import { stepText } from './step-text.ts';
import type { FlowTestDifference, FlowTestEnd, FlowTestResult } from './test-result.ts';
import type { TestRun, TestRunStart } from './test-run.ts';
import { TestWorld, type TestActions } from './test-world.ts';
import { VirtualTime } from './virtual-time.ts';

/** What running tests needs. Nothing of it reaches outside. */
export interface FlowTestHost {
  readonly actions: TestActions;
  /** Calls back after everything that is due has happened, such as `setImmediate`. */
  readonly turn: (callback: () => void) => void;
  /** Real time: measures how long a test takes, and ends one that takes too long. */
  readonly timer: Timer;
  /** A test that takes longer has failed. Default 10,000. */
  readonly timeLimitMs?: number;
  readonly limits?: EvaluationLimits;
  /** Functions of plugins that expressions can call. */
  readonly functions?: LibraryDefinitions | undefined;
}

/** When tests begin that do not say it. */
export const usualTestClock = '2030-01-31T09:00:00.000Z';

const mostPlays = 10_000;
/** After how many steps others get their turn: counted, not timed, so that every play is the same. */
const share = 25;

/**
 * Plays the flow of a test as the test says, and says what is not as it expects. Mocks stand for all that reaches outside,
 * waits are jumped over, and the same test gives the same result. `flows` has those of the app, by id.
 */
export async function runFlowTest(test: FlowTest, flows: App['flows'], host: FlowTestHost): Promise<FlowTestResult> {
  const begun = host.timer.now();
  const flow = Object.hasOwn(flows, test.flow) ? flows[test.flow] : undefined;
  const played = flow === undefined ? undefined : await play(test, flow, { flows, host });
  const differences = differencesOf(test, played);
  return {
    test: test.id,
    name: test.name,
    flow: test.flow,
    hasPassed: differences.length === 0,
    differences,
    ...(played?.end === undefined ? {} : { end: played.end }),
    entries: played?.run.entries ?? [],
    durationMs: Math.max(0, host.timer.now() - begun),
  };
}

interface Played {
  readonly world: TestWorld;
  readonly run: TestRun;
  /** What expressions see besides steps. */
  readonly names: Readonly<Record<string, unknown>>;
  readonly end: FlowTestEnd | undefined;
  readonly host: FlowTestHost;
}

function differencesOf(test: FlowTest, played: Played | undefined): readonly FlowTestDifference[] {
  if (played === undefined)
    return [{ place: '/flow', path: '', message: 'The flow of this test is gone.', hint: 'Delete the test.' }];
  const { world, run, names, end, host } = played;
  if (world.fault !== undefined) return [{ path: '', ...world.fault }];
  if (end === undefined) return [];
  const endedAt = run.endedAt ?? world.time.now();
  return checkExpectations(test, {
    end,
    runs: world.runs.map(({ start: { within, outerScope }, entries }) => ({ within, outerScope, entries })),
    unanswered: unansweredOf(run),
    names,
    limits: { ...host.limits, clock: { now: () => endedAt }, functions: loadLibrary(host.functions) },
  });
}

async function play(
  test: FlowTest,
  flow: Flow,
  { flows, host }: { readonly flows: App['flows']; readonly host: FlowTestHost },
): Promise<Played> {
  const start = Date.parse(test.clock ?? usualTestClock);
  const time = new VirtualTime(Number.isFinite(start) ? start : Date.parse(usualTestClock), host.turn);
  const world = new TestWorld({ test, flows, actions: host.actions, time });
  if (!Number.isFinite(start))
    world.leave({
      place: '/clock',
      message: `"${test.clock ?? ''}" is not a time.`,
      hint: 'Write 2030-01-31T09:00:00Z.',
    });
  const env = { name: 'development', ...(test.env as Readonly<Record<string, Json>> | undefined) };
  const run = world.begin({
    flow,
    head: headOf(test, flow, time.now()),
    vars: (test.vars ?? {}) as Vars,
    within: [],
    outerScope: '',
    caller: undefined,
  });
  const limitMs = host.timeLimitMs ?? 10_000;
  const callOff = host.timer.after(limitMs, () =>
    world.leave({
      place: '/expect',
      message: `The test took longer than ${limitMs / 1000} seconds.`,
      hint: 'Give it less to do.',
    }),
  );
  await playToRest(world, { host, env }).finally(callOff);
  const vars = { ...planFlow(flow).initialVars, ...run.vars };
  const { trigger, user } = run.start.head;
  return {
    world,
    run,
    names: { trigger, user, env, vars },
    host,
    end: world.signal.aborted ? undefined : run.end && endOf(run.end),
  };
}

function headOf(test: FlowTest, flow: Flow, createdAt: number): TestRunStart['head'] {
  return {
    id: 'run_test',
    workspaceId: 'wsp_test',
    appId: 'app_test',
    flowId: flow.id,
    version: 'test',
    environment: 'development',
    trigger: (test.trigger ?? {}) as Json,
    user: test.user ?? null,
    isDryRun: false,
    depth: 0,
    createdAt,
    fence: 1,
    isCancelRequested: false,
  };
}

interface Playing {
  readonly host: FlowTestHost;
  readonly env: Readonly<Record<string, Json>>;
}

/**
 * Plays run after run until none can go on: each has ended or waits for an answer that nobody gives. Once all wait, time
 * jumps to where the first of them goes on.
 */
async function playToRest(world: TestWorld, playing: Playing): Promise<void> {
  for (let turn = 0; turn < mostPlays && !world.signal.aborted; turn += 1) {
    const run = world.runs.find(({ isReady }) => isReady) ?? nextToWake(world);
    if (run === undefined) return;
    run.isReady = false;
    run.unanswered.clear();
    run.end = await playOnce(world, run, playing);
    run.hasBegun = true;
    if (run.end.state === 'waiting') continue;
    run.endedAt = world.time.now();
    const { caller } = run.start;
    if (caller !== undefined && caller.end?.state === 'waiting') caller.isReady = true;
  }
  if (!world.signal.aborted)
    world.leave({
      place: '/expect',
      message: `The run was put aside ${mostPlays.toLocaleString('en')} times and did not end.`,
      hint: 'Look for a loop that waits for ever.',
    });
}

/** The run that goes on first, with the clock where it does. */
function nextToWake(world: TestWorld): TestRun | undefined {
  let first: { readonly run: TestRun; readonly at: number } | undefined;
  for (const run of world.runs) {
    const at = wakeTime(run);
    if (at !== undefined && (first === undefined || at < first.at)) first = { run, at };
  }
  if (first !== undefined) world.time.jumpTo(first.at);
  return first?.run;
}

function wakeTime(run: TestRun): number | undefined {
  if (run.end?.state !== 'waiting') return undefined;
  const { wakeAt } = run.end;
  const { flow, head } = run.start;
  const deadline = flow.timeoutMs === undefined ? undefined : head.createdAt + flow.timeoutMs;
  // That the flow would run out of time while it waits is for a test that says so by a mock that expires.
  return wakeAt === deadline && unansweredOf(run).length > 0 ? undefined : wakeAt;
}

/** Where a run, or one that it waits for, waits for an answer that the test does not give. */
function unansweredOf(run: TestRun): readonly UnansweredStep[] {
  const { within } = run.start;
  return [
    ...[...run.unanswered].map((name) => ({ text: stepText({ name, within }), step: within[0] ?? name })),
    ...run.awaited.flatMap(unansweredOf),
  ];
}

function playOnce(world: TestWorld, run: TestRun, { host, env }: Playing): Promise<PlayEnd> {
  let steps = 0;
  return playRun({
    run: { ...run.start.head, vars: run.vars, isResumed: run.hasBegun },
    plan: planFlow(run.start.flow),
    store: run.store,
    actions: run.actionHost,
    host: run.runHost,
    timer: world.time,
    signal: world.signal,
    // Nothing looks inputs up by their hashes here.
    hash: () => '',
    ...(host.limits === undefined ? {} : { limits: host.limits }),
    functions: host.functions,
    env,
    onUnexpected: () => undefined,
    observe: run.observe,
    pause: () => {
      steps += 1;
      return steps % share === 0 ? world.time.breathe() : undefined;
    },
    random: () => 0.5,
  });
}

function endOf(end: PlayEnd): FlowTestEnd | undefined {
  switch (end.state) {
    case 'succeeded':
      return { state: end.state, output: end.output };
    case 'failed':
      return { state: end.state, error: end.error };
    case 'waiting':
      return { state: end.state };
    default:
      return undefined;
  }
}
