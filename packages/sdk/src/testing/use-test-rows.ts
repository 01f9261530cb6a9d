import { useCallback, useEffect, useState } from 'react';
import type { Json } from '@fettle/base';
import type { DataSetting } from '@fettle/definition';
import type { ListRequest, ListResult } from '../data/requests.ts';
import type { Row } from '../data/table.ts';
import type { DataHost, RowsOptions, RowsState } from '../react/host.ts';

interface Loaded {
  readonly rows: readonly Row[];
  readonly next?: string;
  readonly total?: number;
}

/** `useRows` of the test host: a plain, readable reading of the contract over any data host. */
export function useTestRows(data: DataHost, setting: DataSetting | undefined, options: RowsOptions = {}): RowsState {
  const [loaded, setLoaded] = useState<Loaded | undefined>();
  const [error, setError] = useState<Error | undefined>();
  const [turn, setTurn] = useState(0);
  const [isFetching, setFetching] = useState(true);
  const refresh = useCallback(() => setTurn((value) => value + 1), []);
  const asked = JSON.stringify([setting, options]);
  const isIdle = setting === undefined || options.isPaused === true;

  useEffect(() => {
    if (isIdle || setting === undefined) return undefined;
    let isCurrent = true;
    setFetching(true);
    load(data, setting, options)
      .then((result) => {
        if (!isCurrent) return;
        setLoaded(result);
        setError(undefined);
      })
      .catch((reason: unknown) => {
        if (isCurrent) setError(reason instanceof Error ? reason : new TypeError(String(reason)));
      })
      .finally(() => {
        if (isCurrent) setFetching(false);
      });
    const stop = setting.kind === 'rows' ? undefined : data.onChange(setting, refresh);
    return () => {
      isCurrent = false;
      stop?.();
    };
    // `asked` stands for the setting and the options, which are new objects in every render.
  }, [data, asked, turn, isIdle]);

  const loadMore = (): void => {
    const next = loaded?.next;
    if (next === undefined || setting === undefined) return;
    setFetching(true);
    void load(data, setting, options, next)
      .then((page) => setLoaded({ ...page, rows: [...(loaded?.rows ?? []), ...page.rows] }))
      .catch((reason: unknown) => setError(reason instanceof Error ? reason : new TypeError(String(reason))))
      .finally(() => setFetching(false));
  };

  const table = setting?.kind === 'table' ? data.describe(setting) : undefined;
  return {
    rows: loaded?.rows ?? [],
    ...(table === undefined ? {} : { table }),
    ...(loaded?.total === undefined ? {} : { total: loaded.total }),
    hasMore: loaded?.next !== undefined,
    isLoading: !isIdle && loaded === undefined && error === undefined,
    isFetching: !isIdle && isFetching,
    ...(error === undefined ? {} : { error }),
    refresh,
    loadMore,
  };
}

async function load(data: DataHost, setting: DataSetting, options: RowsOptions, cursor?: string): Promise<Loaded> {
  if (setting.kind === 'table') return loadTable(data, setting, options, cursor);
  if (setting.kind === 'query') {
    const result = await data.runQuery(setting.query, (setting.parameters ?? {}) as Record<string, Json>);
    return { rows: asRows(memberAt(result.data, setting.path)) };
  }
  return { rows: asRows(setting.rows) };
}

function loadTable(
  data: DataHost,
  setting: Extract<DataSetting, { kind: 'table' }>,
  options: RowsOptions,
  cursor: string | undefined,
): Promise<ListResult> {
  const limit = options.pageSize ?? setting.limit ?? 50;
  const filters = [setting.filter, options.filter].filter((filter) => filter !== undefined);
  const sort = options.sort ?? setting.sort;
  const request: Omit<ListRequest, 'table'> = {
    limit,
    ...(options.columns === undefined ? {} : { columns: options.columns }),
    ...(options.expand === undefined ? {} : { expand: options.expand }),
    ...(options.search === undefined ? {} : { search: options.search }),
    ...(options.total === undefined ? {} : { total: options.total }),
    ...(filters.length === 0 ? {} : { filter: { and: filters } }),
    ...(sort === undefined ? {} : { sort }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(options.page === undefined ? {} : { offset: options.page * limit }),
  };
  return data.list(setting, request);
}

function memberAt(value: unknown, path: string | undefined): unknown {
  if (path === undefined || path === '') return value;
  return path
    .split('.')
    .reduce<unknown>(
      (current, name) =>
        typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[name] : undefined,
      value,
    );
}

function asRows(value: unknown): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : [];
}
