import type { DataSetting } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import { useMemo } from 'react';
import { useAggregate, type Groups } from '../use-aggregate.ts';
import { aggregateRequestOf, groupRows, type ChartQuestion } from './chart-data.ts';

/** Answers a chart's question: the server groups the rows of tables, rows of queries are grouped here. */
export function useChartData(data: DataSetting | undefined, question: ChartQuestion | undefined): Groups {
  const host = useHost();
  const isTable = data?.kind === 'table';
  const fromTable = useAggregate(
    isTable ? data : undefined,
    question === undefined || !isTable ? undefined : aggregateRequestOf(question, data.filter),
  );
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
