import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { formatView, parseView, type RowsView } from './rows-view.ts';

/** The view of the address, and how to change it. A change of what is shown begins at the first row. */
export function useRowsView() {
  // Subscribes to the address; its own text is decoded once too often for filters.
  const changed = useSearch();
  const [, navigate] = useLocation();
  const view = useMemo(() => parseView(window.location.search), [changed]);
  const change = useCallback(
    (part: Partial<RowsView>) => {
      const next = { ...parseView(window.location.search), offset: 0, ...part };
      navigate(`${window.location.pathname}${formatView(next)}`, { replace: true });
    },
    [navigate],
  );
  return { view, change };
}
