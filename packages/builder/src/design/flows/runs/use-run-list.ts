import { useEffect, useState } from 'react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { routes, type FlowRunHead } from '@fettle/contract';
import { useClient } from '../../../api/client.ts';
import { useDesign } from '../../design-context.ts';
import type { RunsFilter } from './runs-filter.ts';
import { isOver } from './use-runs.ts';

/** How often the list is looked at again, in milliseconds: what is new, and older runs that were under way. */
const pace = { newest: 2_500, older: 5_000 } as const;
const sizes = { newest: 200, page: 50 } as const;
/** Older pages are read again and again only while there are few of them. */
const mostRefreshed = 4;

/** The runs of a filter as far as they were read. */
export interface RunList {
  readonly runs: readonly FlowRunHead[];
  readonly isLoading: boolean;
  readonly isLoadingMore: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly hasMore: boolean;
  /** How far back a search went before it stopped: it goes on when it is asked to. */
  readonly searchedTo: number | undefined;
  readonly loadMore: () => void;
}

/**
 * Runs, newest first. The time of the newest run when the list was opened divides it: what comes after it is asked for again
 * and again, what was before it page by page, so that neither gaps nor doubles come where they meet.
 */
export function useRunList(flow: string, filter: RunsFilter): RunList {
  const client = useClient();
  const { appId } = useDesign();
  const [epoch, setEpoch] = useState(0);
  const { isAll, lastMs, ...rest } = filter;
  const ofFlow = isAll === true ? {} : { flow };
  const key = ['flow-runs', appId, flow, filter, epoch] as const;
  const params = { appId };
  const divide = useQuery({
    queryKey: [...key, 'divide'],
    queryFn: async ({ signal }) => {
      const { runs } = await client.call(routes.flows.runs, { params, query: { ...ofFlow, limit: 1 }, signal });
      const after = lastMs === undefined ? rest.after : Date.now() - lastMs;
      return { at: runs[0]?.createdAt ?? 0, after };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  const at = divide.data?.at ?? 0;
  const after = divide.data?.after ?? 0;
  const query = { ...ofFlow, ...rest };
  const newest = useQuery({
    queryKey: [...key, 'newest', at],
    queryFn: ({ signal }) =>
      client.call(routes.flows.runs, {
        params,
        query: { ...query, after: Math.max(at, after), limit: sizes.newest },
        signal,
      }),
    enabled: divide.isSuccess,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.status === 'error' ? false : pace.newest),
  });
  const older = useInfiniteQuery({
    queryKey: [...key, 'older', at],
    queryFn: ({ signal, pageParam }) =>
      client.call(routes.flows.runs, {
        params,
        query: {
          ...query,
          after,
          before: Math.min(at, rest.before ?? at),
          limit: sizes.page,
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    enabled: divide.isSuccess && at > 0,
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      const isMoving = pages.some(({ runs }) => runs.some((run) => !isOver(run.state)));
      return isMoving && pages.length <= mostRefreshed && state.status !== 'error' ? pace.older : false;
    },
  });
  // More new ones than are asked for at once: the list is divided anew.
  const isOverfull = newest.data?.next !== undefined && newest.data.searched === undefined;
  useEffect(() => {
    if (isOverfull) setEpoch((before) => before + 1);
  }, [isOverfull]);
  const pages = older.data?.pages ?? [];
  const failed = [divide, newest, older].find(({ isError }) => isError);
  const searched = pages.at(-1)?.searched;
  return {
    runs: [...(newest.data?.runs ?? []), ...pages.flatMap(({ runs }) => runs)],
    isLoading: divide.isPending || newest.isPending || (at > 0 && older.isPending),
    isLoadingMore: older.isFetchingNextPage,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
    hasMore: older.hasNextPage,
    searchedTo: older.hasNextPage ? searched?.to : undefined,
    loadMore: () => void older.fetchNextPage(),
  };
}
