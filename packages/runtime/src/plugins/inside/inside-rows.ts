import type { DataSetting } from '@fettle/definition';
import type { RowsOptions, RowsState } from '@fettle/sdk/react';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { SentRows } from '../frame/protocol.ts';
import { receivedError } from '../frame/sent-error.ts';
import type { Link } from './link.ts';

interface List {
  readonly rows: SentRows;
  readonly listeners: ReadonlySet<() => void>;
}

/** Rows as the app sends them, by list. */
export interface InsideRows {
  take(list: number, rows: SentRows): void;
  useRows(setting: DataSetting | undefined, options?: RowsOptions): RowsState;
}

const loading: SentRows = { rows: [], hasMore: false, isLoading: true, isFetching: true };
const idle: SentRows = { rows: [], hasMore: false, isLoading: false, isFetching: false };

/** Makes `useRows` of a component in a frame. */
export function createInsideRows(link: Link): InsideRows {
  const lists = new Map<number, List>();
  let count = 0;
  const listOf = (list: number): List => lists.get(list) ?? { rows: loading, listeners: new Set() };
  return {
    take(list, rows) {
      const known = lists.get(list);
      if (known === undefined) return;
      lists.set(list, { ...known, rows });
      for (const listener of known.listeners) listener();
    },
    useRows(setting, options = {}) {
      const [list] = useState(() => (count += 1));
      const isWanted = setting !== undefined && options.isPaused !== true;
      const asked = JSON.stringify([setting, options]);
      useEffect(() => {
        if (setting !== undefined && isWanted) link.send({ kind: 'rows', list, wanted: { setting, options } });
        // `asked` stands for both, which are new objects in every rendering.
      }, [list, asked, isWanted]);
      useEffect(() => {
        if (!isWanted) return undefined;
        return () => link.send({ kind: 'rows', list, wanted: undefined });
      }, [list, isWanted]);
      const subscribe = useCallback(
        (listener: () => void) => {
          const { rows, listeners } = listOf(list);
          lists.set(list, { rows, listeners: new Set([...listeners, listener]) });
          return () => {
            const rest = new Set(listOf(list).listeners);
            rest.delete(listener);
            lists.set(list, { rows: listOf(list).rows, listeners: rest });
          };
        },
        [list],
      );
      const sent = useSyncExternalStore(subscribe, () => listOf(list).rows);
      return useMemo(() => stateOf(link, list, isWanted ? sent : idle), [list, isWanted, sent]);
    },
  };
}

function stateOf(link: Link, list: number, { error, ...sent }: SentRows): RowsState {
  return {
    ...sent,
    ...(error === undefined ? {} : { error: receivedError(error) }),
    refresh: () => link.send({ kind: 'rows-act', list, act: 'refresh' }),
    loadMore: () => link.send({ kind: 'rows-act', list, act: 'more' }),
  };
}
