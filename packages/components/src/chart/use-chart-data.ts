import type { AggregateResult, DataSetting, Row } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { aggregateRequestOf, groupRows, type ChartQuestion } from './chart-data.ts';

/** Groups of a chart as far as they have arrived. */
export interface ChartData {
  readonly groups: readonly Row[];
  readonly isLoading: boolean;
  readonly error?: Error;
  refresh(): void;
}

/** Answers a chart's question: the server groups the rows of tables, rows of queries are grouped here. */
export function useChartData(data: DataSetting | undefined, question: ChartQuestion | undefined): ChartData {
  const host = useHost();
  const isTable = data?.kind === 'table';
  const fromTable = useAggregate(isTable ? data : undefined, question);
  const rows = host.useRows(isTable || question === undefined ? undefined : data, { pageSize: 1000 });
  const asked = JSON.stringify(question);
  const groups = useMemo(
    () => (question === undefined ? [] : groupRows(rows.rows, question)),
    // `asked` stands for the question, which is a new object in every render.
    [rows.rows, asked],
  );
  if (isTable) return fromTable;
  return {
    groups,
    isLoading: rows.isLoading,
    ...(rows.error === undefined ? {} : { error: rows.error }),
    refresh: rows.refresh,
  };
}

type TableData = Extract<DataSetting, { kind: 'table' }>;

function useAggregate(table: TableData | undefined, question: ChartQuestion | undefined): ChartData {
  const { data } = useHost();
  const [result, setResult] = useState<AggregateResult | undefined>();
  const [error, setError] = useState<Error | undefined>();
  const [turn, setTurn] = useState(0);
  const refresh = useCallback(() => setTurn((value) => value + 1), []);
  const request =
    table === undefined || question === undefined ? undefined : aggregateRequestOf(question, table.filter);
  const asked = request === undefined ? undefined : JSON.stringify([table?.dataSource, table?.table, request]);

  useEffect(() => {
    if (table === undefined || request === undefined) return undefined;
    const controller = new AbortController();
    data
      .aggregate(table, request, controller.signal)
      .then((answer) => {
        if (controller.signal.aborted) return;
        setResult(answer);
        setError(undefined);
      })
      .catch((reason: unknown) => {
        if (!controller.signal.aborted) setError(reason instanceof Error ? reason : new TypeError(String(reason)));
      });
    return () => controller.abort();
    // `asked` stands for the table and the request, which are new objects in every render.
  }, [data, asked, turn]);

  const place = table === undefined ? undefined : `${table.dataSource}/${table.table}`;
  useEffect(() => (table === undefined ? undefined : data.onChange(table, refresh)), [data, place, refresh]);

  return {
    groups: result?.rows ?? [],
    isLoading: request !== undefined && result === undefined && error === undefined,
    ...(error === undefined ? {} : { error }),
    refresh,
  };
}
