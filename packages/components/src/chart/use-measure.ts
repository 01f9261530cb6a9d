import type { DataSetting, Measure } from '@fettle/sdk';
import { numberOf } from '../text-of.ts';
import { useChartData } from './use-chart-data.ts';

/** One number out of rows. */
export interface MeasuredValue {
  /** Null: there are no rows to measure, or nothing has arrived yet. */
  readonly value: number | null;
  readonly isLoading: boolean;
  readonly error?: Error;
  refresh(): void;
}

/** Counts or measures all rows of a data setting: the server does it for tables. */
export function useMeasure(
  data: DataSetting | undefined,
  measure: { readonly function: Measure['function']; readonly column?: string | undefined } = { function: 'count' },
): MeasuredValue {
  const isReady = data !== undefined && (measure.function === 'count' || (measure.column ?? '') !== '');
  const { groups, isLoading, error, refresh } = useChartData(
    isReady ? data : undefined,
    isReady ? { category: '', bucket: 'none', measures: [measure], sort: 'value', limit: 1 } : undefined,
  );
  const isEmptyCount = groups.length === 0 && !isLoading && error === undefined && measure.function === 'count';
  return {
    value: isEmptyCount ? 0 : (numberOf(groups[0]?.['value0']) ?? null),
    isLoading: isReady && isLoading,
    ...(error === undefined ? {} : { error }),
    refresh,
  };
}
