import { useCallback, useRef, useState } from 'react';
import { jsonEquals, type Json } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { Query } from '@fettle/definition';
import type { QueryResult } from '@fettle/sdk';
import { useClient } from '../../api/client.ts';
import { useDesign, useDispatch } from '../design-context.ts';
import { resultColumns, runValues } from './query-edit.ts';

/** How far the last run of a query is. */
export type QueryRun =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly startedAt: number }
  | { readonly state: 'done'; readonly result: QueryResult }
  | { readonly state: 'failed'; readonly error: unknown };

// Results stay while one looks at another query and comes back.
const lastRuns = new Map<string, QueryRun>();

/** Runs a query as it stands in the editor; a read that worked keeps its columns with the query. */
export function useQueryRun(query: Query): {
  readonly run: QueryRun;
  readonly start: (values: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly cancel: () => void;
} {
  const client = useClient();
  const { workspaceId, session } = useDesign();
  const dispatch = useDispatch();
  const [run, setRun] = useState<QueryRun>(() => lastRuns.get(query.id) ?? { state: 'none' });
  const abort = useRef<AbortController>(undefined);
  const keep = useCallback(
    (next: QueryRun): void => {
      if (next.state !== 'running') lastRuns.set(query.id, next);
      setRun(next);
    },
    [query.id],
  );
  const start = useCallback(
    async (values: Readonly<Record<string, unknown>>): Promise<void> => {
      abort.current?.abort();
      const controller = new AbortController();
      abort.current = controller;
      keep({ state: 'running', startedAt: Date.now() });
      try {
        const result = await client.call(routes.dataSources.tryQuery, {
          params: { workspaceId, dataSource: query.dataSource },
          body: requestOf(query, values),
          signal: controller.signal,
        });
        if (controller.signal.aborted) return;
        keep({ state: 'done', result });
        const columns = resultColumns(result);
        const now = session.store.getState().app.queries[query.id];
        if (columns !== undefined && now !== undefined && !jsonEquals(now.result, columns)) {
          dispatch(
            { type: 'query.update', query: query.id, changes: { result: columns } },
            { mergeKey: `query-result:${query.id}` },
          );
        }
      } catch (error) {
        if (!controller.signal.aborted) keep({ state: 'failed', error });
      }
    },
    [client, dispatch, keep, query, session, workspaceId],
  );
  const cancel = useCallback((): void => {
    abort.current?.abort();
    keep({ state: 'none' });
  }, [keep]);
  return { run, start, cancel };
}

function requestOf(query: Query, values: Readonly<Record<string, unknown>>) {
  const { kind, settings, parameters, mode, timeoutMs, maxRows } = query;
  return {
    kind,
    settings: settings as Record<string, Json>,
    definitions: parameters,
    parameters: runValues(query, values) as Record<string, Json>,
    mode,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(maxRows === undefined ? {} : { maxRows }),
  };
}
