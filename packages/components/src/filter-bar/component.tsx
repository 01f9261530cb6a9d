import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useRef, useState } from 'react';
import { jsonEquals } from '@fettle/base';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { useExposed, useMethod } from '../host-hooks.ts';
import { FilterBuilder } from '../inputs/filter-builder.tsx';
import { draftToFilter, emptyDraft, filterToDraft, isFilter, type FilterDraft } from '../inputs/filter-draft.ts';
import { Placeholder } from '../states/data-states.tsx';
import { resolveColumns } from '../table/derive-columns.ts';
import { filterFields } from '../table/filter-fields.ts';
import type { filterBarManifest } from './manifest.ts';

type Settings = Static<typeof filterBarManifest.settings>;

/** Implementation of `core/filter-bar`. */
export function FilterBar({ settings }: ComponentProps<Settings>) {
  const host = useHost();
  const [draft, setDraft] = useState<FilterDraft>(emptyDraft);
  const { data } = settings;
  const place = data?.kind === 'table' ? { dataSource: data.dataSource, table: data.table } : undefined;
  const table = place === undefined ? undefined : host.data.describe(place);
  const chosen = settings.columns.join(',');
  const fields = useMemo(() => {
    if (place === undefined || table === undefined) return [];
    const columns = resolveColumns({
      settings: settings.columns.map((column) => ({ id: column, column })),
      table,
      rows: [],
      lookup: (id) => host.data.describe({ ...place, table: id }),
    });
    return filterFields({ host, place, table, columns });
  }, [table, chosen]);
  const filter = useMemo(() => draftToFilter(draft, fields), [draft, fields]);
  const [settled] = useDebouncedValue(filter, 300);
  const value = filter === undefined ? undefined : settled;
  useExposed({ value: value ?? null, count: draft.conditions.length });
  const told = useRef<unknown>(undefined);
  useEffect(() => {
    if (jsonEquals(told.current, value)) return;
    told.current = value;
    if (host.mode === 'run') void host.emit('change', { value: value ?? null });
  }, [value]);
  useMethod('setValue', (input) => {
    const given = input?.['value'];
    const next = filterToDraft(isFilter(given) ? given : undefined);
    if (next !== undefined) setDraft(next);
  });
  useMethod('clear', () => setDraft(emptyDraft));
  if (table === undefined)
    return <Placeholder icon="filter" hint="Choose a table in the settings to filter by its columns." />;
  return <FilterBuilder fields={fields} draft={draft} onChange={setDraft} />;
}
