import type { AggregateRequest, AggregateResult, DataSetting, Row } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import { useCallback, useEffect, useState } from 'react';

/** Groups of rows as far as they have arrived. */
export interface Groups {
  readonly groups: readonly Row[];
  readonly isLoading: boolean;
  readonly error?: Error;
  refresh(): void;
}

/** The part of a data setting that names a table. */
export type TableData = Extract<DataSetting, { kind: 'table' }>;

/** Lets the server group and measure the rows of a table, again whenever they change. */
export function useAggregate(
  table: TableData | undefined,
  request: Omit<AggregateRequest, 'table'> | undefined,
): Groups {
  const { data } = useHost();
  const [result, setResult] = useState<AggregateResult | undefined>();
  const [error, setError] = useState<Error | undefined>();
  const [turn, setTurn] = useState(0);
  const refresh = useCallback(() => setTurn((value) => value + 1), []);
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
