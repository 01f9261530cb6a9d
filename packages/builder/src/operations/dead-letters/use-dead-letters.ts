import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { useClient } from '../../api/client.ts';

const paceMs = 10_000;
/** Further pages are read again and again only while there are few of them. */
const mostRefreshed = 4;

/** Dead letters as far as they were read, of one flow when it is named. */
export function useDeadLetters(appId: string, flow: string | undefined) {
  const client = useClient();
  return useInfiniteQuery({
    queryKey: ['dead-letters', appId, flow ?? ''],
    queryFn: ({ pageParam, signal }) =>
      client.call(routes.deadLetters.list, {
        params: { appId },
        query: {
          limit: 50,
          ...(flow === undefined ? {} : { flow }),
          ...(pageParam === undefined ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.status === 'error' || (state.data?.pages.length ?? 0) > mostRefreshed ? false : paceMs,
  });
}

/** Reads again what changes when dead letters are seen to. */
export function useLettersRefresh(appId: string): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['dead-letters', appId] });
    void queries.invalidateQueries({ queryKey: ['dead-letter-count', appId] });
    void queries.invalidateQueries({ queryKey: ['flow-health', appId] });
    void queries.invalidateQueries({ queryKey: ['flow-runs'] });
  };
}

/** Which dead letters are meant: these, or all of a flow or the app that were there when the list was read. */
export interface LetterChoice {
  readonly count: number;
  readonly body: { readonly runs?: string[]; readonly flow?: string; readonly until: number };
}
