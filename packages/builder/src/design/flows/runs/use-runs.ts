import { useCallback, useEffect, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type FlowRunHead } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { notifyError } from '../../../shell/notify.ts';
import { useDesign, useView } from '../../design-context.ts';
import { useTestedRun } from '../tests/use-tested-run.ts';
import { readFurther, refreshRun, withPagesOf, type ReadPage, type ShownRun } from './journal-pages.ts';

/** How often a run that is under way is looked at again, in milliseconds. */
const paceMs = 500;
/** Steps of a run that are read at once. */
const pageSize = 500;

/** States that never change again. */
const finalStates: ReadonlySet<FlowRunHead['state']> = new Set(['succeeded', 'failed', 'cancelled']);

/** True when nothing more will happen in a run. */
export function isOver(state: FlowRunHead['state']): boolean {
  return finalStates.has(state);
}

function usePageReader(runId: string | undefined): (signal?: AbortSignal) => ReadPage {
  const client = useClient();
  const { appId } = useDesign();
  return useCallback(
    (signal) => (cursor) =>
      client.call(routes.flows.run, {
        params: { appId, run: runId ?? '' },
        query: { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) },
        ...(signal === undefined ? {} : { signal }),
      }),
    [appId, client, runId],
  );
}

/**
 * A run with its journal. Only who follows it asks the server, again and again until it is over; the many cards of the
 * canvas look at what came in.
 */
export function useRun(runId: string | undefined, isFollower: boolean) {
  const { appId } = useDesign();
  const queries = useQueryClient();
  const reader = usePageReader(runId);
  const queryKey = ['flow-run', appId, runId];
  return useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<ShownRun> => {
      const shown = await refreshRun(queries.getQueryData<ShownRun>(queryKey), reader(signal));
      return withPagesOf(shown, queries.getQueryData<ShownRun>(queryKey));
    },
    enabled: isFollower && runId !== undefined,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.status === 'error' || (state.data !== undefined && isOver(state.data.run.state)) ? false : paceMs,
  });
}

/** Reads more of a run's journal, a page per call. */
export function useMoreEntries(runId: string): { readonly isReading: boolean; readonly readMore: () => void } {
  const { appId } = useDesign();
  const queries = useQueryClient();
  const reader = usePageReader(runId);
  const [isReading, setIsReading] = useState(false);
  const readMore = useCallback((): void => {
    const queryKey = ['flow-run', appId, runId];
    const known = queries.getQueryData<ShownRun>(queryKey);
    if (known === undefined || !known.hasMore) return;
    setIsReading(true);
    readFurther(known, reader())
      .then((further) => queries.setQueryData(queryKey, further))
      .catch((error: unknown) => notifyError(error, 'More of the journal could not be read'))
      .finally(() => setIsReading(false));
  }, [appId, queries, reader, runId]);
  return { isReading, readMore };
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

/** Lets the list look again, after something was started or cancelled; a run that ends, too. */
export function useRunsRefresh(shown: ShownRun | undefined): void {
  const queries = useQueryClient();
  const state = shown?.run.state;
  useEffect(() => {
    if (state !== undefined) void queries.invalidateQueries({ queryKey: ['flow-runs'] });
  }, [queries, state]);
}
