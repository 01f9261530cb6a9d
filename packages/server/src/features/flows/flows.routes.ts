import type { Grant } from '@fettle/access';
import type { Json } from '@fettle/base';
import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../http/implement-route.ts';
import { runningAppOf } from '../apps/running-app.ts';
import type { FlowRuns } from './flow-runs.service.ts';
import type { Reruns, RerunWish } from './reruns.service.ts';
import type { FlowSources } from './sources/sources.service.ts';
import type { WaitAnswers } from './wait-answers.service.ts';

/** Routes that start flows and operate their runs. */
export function flowRoutes({
  runs,
  reruns,
  answers,
  sources,
  tryTrigger,
}: {
  readonly runs: FlowRuns;
  readonly reruns: Reruns;
  readonly answers: WaitAnswers;
  readonly sources: FlowSources;
  readonly tryTrigger: (call: {
    readonly grant: Grant;
    readonly flow: string;
    readonly signal: AbortSignal;
  }) => Promise<Json | undefined>;
}): readonly RouteImplementation[] {
  const { flows } = routes;
  return [
    implementRoute(flows.start, async (context) => {
      const { input, waitMs = 0, requestId } = context.body;
      const run = await runs.startFromApp({
        running: runningAppOf(context),
        flow: context.params.flow,
        input,
        waitMs,
        signal: context.signal,
        ...(requestId === undefined ? {} : { requestId }),
      });
      return { run };
    }),
    implementRoute(flows.startDraft, async ({ grant, actor, params, body, signal }) => {
      const { trigger, isDryRun = false, waitMs = 0 } = body;
      return { run: await runs.startDraft({ grant, actor, flow: params.flow, trigger, isDryRun, waitMs, signal }) };
    }),
    implementRoute(flows.tryTrigger, async ({ grant, params, signal }) => {
      const trigger = await tryTrigger({ grant, flow: params.flow, signal });
      return trigger === undefined ? {} : { trigger };
    }),
    implementRoute(flows.runs, ({ grant, query }) => runs.list(grant, query)),
    implementRoute(flows.run, ({ grant, params, query }) => runs.read(grant, params.run, query)),
    implementRoute(flows.sources, async ({ grant }) => ({ sources: await sources.list(grant) })),
    implementRoute(flows.entry, async ({ grant, params, query }) => ({
      entry: await runs.readEntry(grant, params.run, query.path),
    })),
    implementRoute(flows.cancel, async ({ grant, actor, params }) => ({
      state: await runs.cancel(grant, actor, params.run),
    })),
    implementRoute(flows.rerun, async ({ grant, actor, params, body }) => ({
      run: await reruns.rerun(grant, actor, params.run, body as RerunWish),
    })),
    implementRoute(flows.question, ({ params }) => answers.describe(params.token)),
    implementRoute(flows.answer, async ({ params, body }) => {
      await answers.answer(params.token, body);
      return undefined;
    }),
    implementRoute(flows.retriable, ({ grant, query }) => reruns.countFailed(grant, query)),
    implementRoute(flows.retryFailed, ({ grant, actor, body }) => reruns.retryFailed(grant, actor, body)),
  ];
}
