import type { DataSetting } from '@fettle/definition';
import { useEffect, useRef } from 'react';
import { useHost, type RowsOptions, type RowsState } from './host.ts';

/** What {@link useAllRows} is asked for. */
export interface AllRowsOptions extends Omit<RowsOptions, 'page' | 'pageSize' | 'total'> {
  /** As many rows as can still be read, and not more. Default: 1000. */
  readonly most?: number;
}

/** Rows as {@link useAllRows} gives them. */
export interface AllRows extends Omit<RowsState, 'loadMore' | 'hasMore'> {
  /** There are more rows than `most`. Say so: what is shown is not all of it. */
  readonly isCut: boolean;
}

/** The most that a server gives at once. */
const pageSize = 500;

/**
 * All rows of a data setting, page after page: for what can only be drawn as a whole, such as a tree or a plan. What has
 * arrived is there meanwhile (`isFetching`); a page that fails ends it until `refresh`.
 */
export function useAllRows(data: DataSetting | undefined, options: AllRowsOptions = {}): AllRows {
  const { most = 1000, ...asked } = options;
  const { loadMore, hasMore, ...state } = useHost().useRows(data, { ...asked, pageSize: Math.min(pageSize, most) });
  const { rows, isFetching, error } = state;
  const isFull = rows.length >= most;
  const isMoreWanted = hasMore && !isFetching && !isFull && error === undefined;
  // A host in a frame says a moment later that it is fetching: each page is asked for once.
  const askedAt = useRef<number>(undefined);
  useEffect(() => {
    if (!isMoreWanted) askedAt.current = undefined;
    else if (askedAt.current !== rows.length) {
      askedAt.current = rows.length;
      loadMore();
    }
  }, [isMoreWanted, rows.length, loadMore]);
  return {
    ...state,
    rows: rows.length > most ? rows.slice(0, most) : rows,
    isCut: isFull && (hasMore || rows.length > most),
  };
}
