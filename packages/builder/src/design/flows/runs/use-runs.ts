import { useEffect } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type FlowJournalEntry, type FlowRunDetails, type FlowRunHead } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { useDesign, useView } from '../../design-context.ts';
import { useTestedRun } from '../tests/use-tested-run.ts';

/** How often what is under way is looked at again, in milliseconds. */
const pace = { run: 500, list: 2500 } as const;
/** Steps of a run that are shown; longer journals are cut off and say so. */
const mostEntries = 500;

/** States that never change again. */
const finalStates: ReadonlySet<FlowRunHead['state']> = new Set(['succeeded', 'failed', 'cancelled']);

/** True when nothing more will happen in a run. */
export function isOver(state: FlowRunHead['state']): boolean {
  return finalStates.has(state);
}

/** A run with its journal. */
export interface ShownRun {
  readonly run: FlowRunDetails;
  readonly entries: readonly FlowJournalEntry[];
  /** The journal goes on behind what is shown. */
  readonly hasMore: boolean;
}

/**
 * A run with its journal. Only who follows it asks the server, again and again until it is over; the many cards of the
 * canvas look at what came in.
 */
export function useRun(runId: string | undefined, isFollower: boolean) {
  const client = useClient();
  const { appId } = useDesign();
  return useQuery({
    queryKey: ['flow-run', appId, runId],
    queryFn: ({ signal }): Promise<ShownRun> =>
      client.call(routes.flows.run, { params: { appId, run: runId ?? '' }, query: { limit: mostEntries }, signal }),
    enabled: isFollower && runId !== undefined,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.status === 'error' || (state.data !== undefined && isOver(state.data.run.state)) ? false : pace.run,
  });
}

/** The run that the canvas shows, when it is one of the open flow: one that was chosen, else that of the test below. */
export function useShownRun(): ShownRun | undefined {
  const runId = useView((state) => state.run);
  const flow = useView((state) => state.flow);
  const { data } = useRun(runId, false);
  const tested = useTestedRun();
  const shown = data ?? (runId === undefined ? tested : undefined);
  return shown?.run.flowId === flow ? shown : undefined;
}

/** What runs are listed. */
export interface RunsFilter {
  readonly flow?: string;
  readonly state?: FlowRunHead['state'];
  readonly environment?: 'development' | 'production';
}

/** The newest runs, looked at again and again while the list is open. */
export function useRuns(filter: RunsFilter, limit: number) {
  const client = useClient();
  const { appId } = useDesign();
  return useQuery({
    queryKey: ['flow-runs', appId, filter, limit],
    queryFn: ({ signal }) => client.call(routes.flows.runs, { params: { appId }, query: { ...filter, limit }, signal }),
    placeholderData: (before) => before,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.status === 'error' ? false : pace.list),
  });
}

/** Lets the list look again, after something was started or cancelled; a run that ends, too. */
export function useRunsRefresh(shown: ShownRun | undefined): void {
  const queries = useQueryClient();
  const state = shown?.run.state;
  useEffect(() => {
    if (state !== undefined) void queries.invalidateQueries({ queryKey: ['flow-runs'] });
  }, [queries, state]);
}
