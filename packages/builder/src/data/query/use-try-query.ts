import { useRef } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import type { QueryResult } from '@fettle/sdk';
import { useClient } from '../../api/client.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import { tryRequest, type QueryDraft } from './query-draft.ts';

/** A run of a query: under way, done or failed. */
export interface QueryRun {
  readonly isRunning: boolean;
  readonly result: QueryResult | undefined;
  readonly error: unknown;
  start(draft: QueryDraft): void;
  cancel(): void;
}

/** Trying a query that is not saved. Going away or cancelling ends it in the database as well. */
export function useTryQuery(dataSource: string): QueryRun {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  const running = useRef<AbortController>(undefined);
  const run = useMutation({
    mutationFn: (draft: QueryDraft) => {
      running.current = new AbortController();
      return client.call(routes.dataSources.tryQuery, {
        params: { workspaceId, dataSource },
        body: tryRequest(draft),
        signal: running.current.signal,
      });
    },
    onSuccess: async (_, draft) => {
      if (draft.mode === 'write') await queries.invalidateQueries({ queryKey: ['rows', workspaceId, dataSource] });
    },
  });
  const isCancelled = run.error instanceof DOMException && run.error.name === 'AbortError';
  return {
    isRunning: run.isPending,
    result: run.data,
    error: isCancelled ? null : run.error,
    start: (draft) => run.mutate(draft),
    cancel: () => running.current?.abort(),
  };
}
