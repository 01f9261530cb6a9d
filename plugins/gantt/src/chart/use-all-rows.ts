import { useEffect } from 'react';
import type { DataSetting } from '@fettle/sdk';
import { useHost, type RowsState } from '@fettle/sdk/react';

const most = 1000;

/** All rows, page after page, up to so many that a chart of them can still be read. */
export function useAllRows(
  data: DataSetting | undefined,
  columns: readonly string[],
): RowsState & { readonly isCut: boolean } {
  const state = useHost().useRows(data, { pageSize: 500, ...(columns.length > 0 ? { columns } : {}) });
  const { rows, hasMore, isFetching, loadMore } = state;
  const isFull = rows.length >= most;
  useEffect(() => {
    if (hasMore && !isFetching && !isFull) loadMore();
  }, [hasMore, isFetching, isFull, loadMore]);
  return { ...state, isCut: hasMore && isFull };
}
