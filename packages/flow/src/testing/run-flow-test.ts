import type { Json } from '@fettle/base';
import type { Flow, FlowTest } from '@fettle/definition';
import type { EvaluationLimits } from '@fettle/expression';
import type { ClaimedRun } from '../ports.ts';
import { planFlow } from '../plan/plan-flow.ts';
import { playRun, type PlayEnd } from '../run/play-run.ts';
import type { Timer } from '../run/run-context.ts';
import { checkExpectations } from './check-expectations.ts';
import type { FlowTestDifference, FlowTestEnd, FlowTestResult } from './test-result.ts';
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
}

/** When tests begin that do not say it. */
export const usualTestClock = '2030-01-31T09:00:00.000Z';

const mostPlays = 10_000;
/** After how many steps others get their turn: counted, not timed, so that every play is the same. */
const share = 25;

/**
 * Plays a flow as a test says, and says what is not as it expects. Mocks stand for all that reaches outside, waits are
 * jumped over, and the same test gives the same result. The flow is undefined when the test's flow is gone.
 */
export async function runFlowTest(test: FlowTest, flow: Flow | undefined, host: FlowTestHost): Promise<FlowTestResult> {
  const begun = host.timer.now();
  const played = flow === undefined ? undefined : await play(test, flow, host);
  const differences = differencesOf(test, played);
  return {
    test: test.id,
    name: test.name,
    flow: test.flow,
    hasPassed: differences.length === 0,
    differences,
    ...(played?.end === undefined ? {} : { end: played.end }),
    entries: played?.world.entries ?? [],
    durationMs: Math.max(0, host.timer.now() - begun),
  };
}

interface Played {
  readonly world: TestWorld;
  /** What expressions see besides steps. */
  readonly names: Readonly<Record<string, unknown>>;
  readonly endedAt: number;
  readonly end: FlowTestEnd | undefined;
  readonly host: FlowTestHost;
}

function differencesOf(test: FlowTest, played: Played | undefined): readonly FlowTestDifference[] {
  if (played === undefined)
    return [{ place: '/flow', path: '', message: 'The flow of this test is gone.', hint: 'Delete the test.' }];
  const { world, names, endedAt, end, host } = played;
  if (world.fault !== undefined) return [{ path: '', ...world.fault }];
  if (end === undefined) return [];
  return checkExpectations(test, {
    end,
    entries: world.entries,
    unanswered: [...world.unanswered],
    names,
    limits: { ...host.limits, clock: { now: () => endedAt } },
  });
}

async function play(test: FlowTest, flow: Flow, host: FlowTestHost): Promise<Played> {
  const start = Date.parse(test.clock ?? usualTestClock);
  const time = new VirtualTime(Number.isFinite(start) ? start : Date.parse(usualTestClock), host.turn);
  const world = new TestWorld({ test, flow, actions: host.actions, time });
  if (!Number.isFinite(start))
    world.leave({
      place: '/clock',
      message: `"${test.clock ?? ''}" is not a time.`,
      hint: 'Write 2030-01-31T09:00:00Z.',
    });
  const env = { name: 'development', ...(test.env as Readonly<Record<string, Json>> | undefined) };
  const run: ClaimedRun = {
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
    createdAt: time.now(),
    fence: 1,
    vars: world.vars,
    isResumed: false,
    isCancelRequested: false,
  };
  const limitMs = host.timeLimitMs ?? 10_000;
  const callOff = host.timer.after(limitMs, () =>
    world.leave({
      place: '/expect',
      message: `The test took longer than ${limitMs / 1000} seconds.`,
      hint: 'Give it less to do.',
    }),
  );
  const end = await playToEnd({ flow, host, time, world, run, env }).finally(callOff);
  const vars = { ...planFlow(flow).initialVars, ...world.vars };
  return {
    world,
    names: { trigger: run.trigger, user: run.user, env, vars },
    endedAt: time.now(),
    host,
    end: end && endOf(end),
  };
}

interface Playing {
  readonly flow: Flow;
  readonly host: FlowTestHost;
  readonly time: VirtualTime;
  readonly world: TestWorld;
  readonly run: ClaimedRun;
  readonly env: Readonly<Record<string, Json>>;
}

/** Plays until it ends or waits for an answer that nobody gives; waits for time are jumped over. */
async function playToEnd(playing: Playing): Promise<PlayEnd | undefined> {
  const { flow, time, world, run } = playing;
  const deadline = flow.timeoutMs === undefined ? undefined : run.createdAt + flow.timeoutMs;
  for (let turn = 0; turn < mostPlays && !world.signal.aborted; turn += 1) {
    world.unanswered.clear();
    const end = await playOnce(playing, turn > 0);
    if (end.state !== 'waiting') return end;
    // That the flow would run out of time while it waits is for a test that says so by a mock that expires.
    const isForAnswer = end.wakeAt === undefined || (world.unanswered.size > 0 && end.wakeAt === deadline);
    if (isForAnswer) return end;
    time.jumpTo(end.wakeAt);
  }
  if (!world.signal.aborted)
    world.leave({
      place: '/expect',
      message: `The run was put aside ${mostPlays.toLocaleString('en')} times and did not end.`,
      hint: 'Look for a loop that waits for ever.',
    });
  return undefined;
}

function playOnce({ flow, host, time, world, run, env }: Playing, isResumed: boolean): Promise<PlayEnd> {
  let steps = 0;
  return playRun({
    run: { ...run, vars: world.vars, isResumed },
    plan: planFlow(flow),
    store: world.store,
    actions: world.actionHost,
    host: world.runHost,
    timer: time,
    signal: world.signal,
    // Nothing looks inputs up by their hashes here.
    hash: () => '',
    ...(host.limits === undefined ? {} : { limits: host.limits }),
    env,
    onUnexpected: () => undefined,
    observe: world.observe,
    pause: () => {
      steps += 1;
      return steps % share === 0 ? time.breathe() : undefined;
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
