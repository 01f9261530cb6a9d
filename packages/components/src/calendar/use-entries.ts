import { useHost, type RowsState } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { requestFor } from '../request-columns.ts';
import type { Day } from './days.ts';
import { daysFilter, entriesOf, entriesWithin, type CalendarEntry } from './entries.ts';
import type { calendarManifest } from './manifest.ts';

type Settings = Static<typeof calendarManifest.settings>;

/** Enough for a busy month; more are asked for by a button. */
const pageSize = 300;

/** The rows that touch some days, as entries. Rows of a table are asked for by these days. */
export function useEntries(
  settings: Settings,
  days: { readonly first: Day; readonly last: Day },
): { readonly entries: readonly CalendarEntry[]; readonly state: RowsState } {
  const host = useHost();
  const { data, startColumn, endColumn, columns } = settings;
  const isReady = data !== undefined && startColumn !== undefined && startColumn !== '';
  const table = data?.kind === 'table' ? host.data.describe(data) : undefined;
  const needed = [startColumn, endColumn].filter((name): name is string => name !== undefined && name !== '');
  const state = host.useRows(isReady ? data : undefined, {
    pageSize,
    ...requestFor(
      host,
      data,
      columns === undefined || columns.length === 0 ? [] : [...new Set([...columns, ...needed])],
    ),
    ...(isReady && data.kind === 'table'
      ? {
          filter: daysFilter({ start: startColumn, end: endColumn }, days, table),
          sort: data.sort ?? [{ column: startColumn, direction: 'ascending' as const }],
        }
      : {}),
  });
  const all = entriesOf(state.rows, settings, { locale: host.locale, timeZone: host.timeZone, table: state.table });
  return { entries: entriesWithin(all, days.first, days.last), state };
}
