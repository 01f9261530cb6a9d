import type { AggregateRequest, DataSetting, Measure } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { measureOf } from '../chart/chart-data.ts';
import { useAggregate } from '../use-aggregate.ts';
import type { statManifest } from './manifest.ts';

/** The number of a stat as far as it has arrived. */
export interface Figure {
  readonly value: unknown;
  readonly isLoading: boolean;
  readonly error?: Error;
  refresh(): void;
}

type Settings = Pick<Static<typeof statManifest.settings>, 'source' | 'value' | 'function' | 'column'> & {
  readonly data?: DataSetting | undefined;
};

/** Gives the value of an expression as it is; rows of tables are measured by the server, those of queries here. */
export function useFigure(settings: Settings): Figure {
  const host = useHost();
  const { data } = settings;
  const measure = settings.source === 'data' ? measureFrom(settings) : undefined;
  const table = measure !== undefined && data?.kind === 'table' ? data : undefined;
  const measured = useAggregate(table, measure === undefined ? undefined : requestFor(measure, table?.filter));
  const isList = measure !== undefined && data !== undefined && table === undefined;
  const rows = host.useRows(isList ? data : undefined, { pageSize: 1000 });
  if (settings.source === 'value') return { value: settings.value ?? null, isLoading: false, refresh: () => undefined };
  if (measure === undefined || data === undefined) return { value: null, isLoading: false, refresh: () => undefined };
  if (table !== undefined) {
    const { groups, ...state } = measured;
    return { ...state, value: groups[0]?.[measure.name] ?? nothing(measure) };
  }
  return {
    value: measureOf(rows.rows, measure) ?? nothing(measure),
    isLoading: rows.isLoading,
    ...(rows.error === undefined ? {} : { error: rows.error }),
    refresh: rows.refresh,
  };
}

/** What there is of no rows: a sum of them is 0, an average is not. */
function nothing(measure: Measure): number | null {
  return measure.function === 'sum' ? 0 : null;
}

function measureFrom({ function: name, column }: Settings): Measure | undefined {
  if (name === 'count') return { name: 'value', function: name };
  return column === undefined || column === '' ? undefined : { name: 'value', function: name, column };
}

function requestFor(measure: Measure, filter: AggregateRequest['filter']): Omit<AggregateRequest, 'table'> {
  return { groupBy: [], measures: [measure], limit: 1, ...(filter === undefined ? {} : { filter }) };
}
