import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { encodeRowKey, type Row, type TableDescription } from '@fettle/sdk';
import { useHost, type TablePlace } from '@fettle/sdk/react';
import {
  draftToFilter,
  emptyDraft,
  isFilter,
  joinFilters,
  type FilterDraft,
  type FilterField,
} from '../inputs/filter-draft.ts';
import type { Filter, Sort } from '../inputs/filter-types.ts';
import { arrangeRows } from './local-rows.ts';
import type { TableSettings } from './manifest.ts';
import { requestFor } from './row-request.ts';
import type { KnownRow } from './row-selection.ts';
import type { TableColumn } from './table-column.ts';

/** What the person is looking at: search, filter, order and page. */
export interface TableView {
  readonly search: string;
  readonly draft: FilterDraft;
  readonly sort: readonly Sort[] | undefined;
  readonly page: number;
  readonly pageSize: number;
  setSearch(text: string): void;
  setDraft(draft: FilterDraft): void;
  setCalledFilter(filter: Filter | undefined): void;
  setSort(sort: readonly Sort[]): void;
  setPage(page: number): void;
  setPageSize(size: number): void;
  /** Back to everything: no search, no filter. */
  clear(): void;
  readonly calledFilter: Filter | undefined;
}

/** Keeps the view. Every change of what is looked at leads back to the first page. */
export function useTableView(settings: TableSettings): TableView {
  const [search, setSearch] = useState('');
  const [draft, setDraft] = useState<FilterDraft>(emptyDraft);
  const [calledFilter, setCalledFilter] = useState<Filter | undefined>();
  const [sort, setSort] = useState<readonly Sort[] | undefined>();
  const [page, setPage] = useState(0);
  const [chosenSize, setChosenSize] = useState<number | undefined>();
  const first =
    <T>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setPage(0);
    };
  return {
    search,
    draft,
    sort,
    page,
    pageSize: chosenSize ?? Math.max(Math.trunc(settings.pageSize), 1),
    calledFilter,
    setSearch: first(setSearch),
    setDraft: first(setDraft),
    setCalledFilter: first(setCalledFilter),
    setSort: first((next: readonly Sort[]) => setSort(next.length === 0 ? undefined : next)),
    setPage,
    setPageSize: first(setChosenSize),
    clear: () => {
      setSearch('');
      setDraft(emptyDraft);
      setCalledFilter(undefined);
      setPage(0);
    },
  };
}

/** The rows to show, from the server or arranged here, and how to get more of them. */
export interface TableRows {
  readonly rows: readonly KnownRow[];
  readonly total: number | undefined;
  readonly isEstimate: boolean;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly isFetching: boolean;
  readonly error: Error | undefined;
  /** Search and filters as sent. */
  readonly filter: Filter | undefined;
  readonly searchText: string;
  readonly sort: readonly Sort[];
  /** True when search or filter may be why there are no rows. */
  readonly isNarrowed: boolean;
  readonly exportUrl: string | undefined;
  refresh(): void;
  loadMore(): void;
}

/** Rows for the view and the columns on show. */
export function useTableRows(options: {
  readonly settings: TableSettings;
  readonly view: TableView;
  readonly table: TableDescription | undefined;
  readonly place: TablePlace | undefined;
  readonly columns: readonly TableColumn[];
  readonly fields: readonly FilterField[];
  /** Without columns of their own, plain rows say what the columns are. */
  readonly onRawRows: (rows: readonly Row[]) => void;
}): TableRows {
  const { settings, view, table, place, columns, fields } = options;
  const host = useHost();
  const isPaged = settings.paging === 'pages';
  const typed = `${view.search}`.trim();
  const [searchText] = useDebouncedValue(typed, 250);
  const [draftFilter] = useDebouncedValue(
    useMemo(() => draftToFilter(view.draft, fields), [view.draft, fields]),
    250,
  );
  const given = isFilter(settings.filter) ? settings.filter : undefined;
  const personal = joinFilters([draftFilter, view.calledFilter]);
  const filter = joinFilters([given, personal]);
  const text = [settings.search.trim(), searchText].filter((part) => part !== '').join(' ');
  const dataSort = settings.data?.kind === 'table' ? settings.data.sort : undefined;
  const sort = view.sort ?? dataSort ?? [];
  const isRemote = settings.data?.kind === 'table';
  const searchRequest =
    text === ''
      ? {}
      : { search: { text, ...(settings.searchColumns.length === 0 ? {} : { columns: settings.searchColumns }) } };

  const state = host.useRows(
    settings.data,
    isRemote
      ? {
          ...(table === undefined ? {} : requestFor(table, columns)),
          ...(filter === undefined ? {} : { filter }),
          ...searchRequest,
          ...(view.sort === undefined ? {} : { sort: view.sort }),
          pageSize: view.pageSize,
          ...(isPaged ? { page: view.page } : {}),
          total: settings.total,
        }
      : {},
  );

  const local = useMemo(
    () => (isRemote ? state.rows : arrangeRows(state.rows, { search: text, filter, sort })),
    [isRemote, state.rows, text, filter, view.sort],
  );
  const from = isPaged ? view.page * view.pageSize : 0;
  const [localCount, setLocalCount] = useState(view.pageSize);
  useEffect(() => setLocalCount(view.pageSize), [view.pageSize, text, filter]);
  const shown = isRemote ? state.rows : local.slice(from, isPaged ? from + view.pageSize : localCount);
  const keyColumns = table?.primaryKey;
  const rows = useMemo(
    () => identify(shown, keyColumns),
    [state.rows, local, from, view.pageSize, localCount, keyColumns],
  );

  const { onRawRows } = options;
  useEffect(() => {
    if (!isRemote && state.rows.length > 0) onRawRows(state.rows);
  }, [isRemote, state.rows]);
  useBackFromBeyond(view, !state.isFetching && shown.length === 0 && state.error === undefined);

  return {
    rows,
    total: isRemote ? state.total : local.length,
    isEstimate: isRemote && state.isEstimate === true,
    hasMore: isRemote ? state.hasMore : local.length > from + shown.length,
    isLoading: state.isLoading,
    isFetching: state.isFetching,
    error: state.error,
    filter,
    searchText: text,
    sort,
    isNarrowed: filter !== undefined || text !== '',
    exportUrl:
      place === undefined || table === undefined || settings.data?.kind !== 'table'
        ? undefined
        : exportUrl({
            host,
            place,
            settings,
            filter,
            sort,
            searchRequest,
            columns: requestFor(table, columns).columns,
          }),
    refresh: state.refresh,
    loadMore: isRemote ? state.loadMore : () => setLocalCount((count) => count + view.pageSize),
  };
}

function exportUrl(options: {
  readonly host: ReturnType<typeof useHost>;
  readonly place: TablePlace;
  readonly settings: TableSettings;
  readonly filter: Filter | undefined;
  readonly sort: readonly Sort[];
  readonly searchRequest: { readonly search?: { readonly text: string; readonly columns?: readonly string[] } };
  readonly columns: readonly string[];
}): string {
  const own = options.settings.data?.kind === 'table' ? options.settings.data.filter : undefined;
  const filter = joinFilters([own, options.filter]);
  return options.host.data.exportUrl(options.place, {
    columns: options.columns,
    ...(filter === undefined ? {} : { filter }),
    ...(options.sort.length === 0 ? {} : { sort: options.sort }),
    ...options.searchRequest,
  });
}

function identify(rows: readonly Row[], primaryKey: readonly string[] | undefined): readonly KnownRow[] {
  const hasKey = primaryKey !== undefined && primaryKey.length > 0;
  return rows.map((row, index) => ({ id: hasKey ? encodeRowKey(primaryKey, row) : `#${index}`, row }));
}

// Deleting the rows of the last page must not leave the person on a page that is no more.
function useBackFromBeyond(view: TableView, isBeyond: boolean): void {
  const { page, setPage } = view;
  const setPageRef = useRef(setPage);
  setPageRef.current = setPage;
  useEffect(() => {
    if (isBeyond && page > 0) setPageRef.current(page - 1);
  }, [isBeyond, page]);
}
