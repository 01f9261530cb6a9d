import { isJsonObject } from '@fettle/base';
import type { Row } from '@fettle/sdk';
import { useHost, type ComponentProps } from '@fettle/sdk/react';
import type { Static } from 'typebox';
import { formatValue } from '../format-value.ts';
import { useExposed, useMethod } from '../host-hooks.ts';
import { requestFor } from '../request-columns.ts';
import { EmptyState, LoadError, LoadingLines, Placeholder } from '../states/data-states.tsx';
import { textOf } from '../text-of.ts';
import { entriesOfRow, type Entry } from './entries.ts';
import styles from './key-value.module.css';
import type { keyValueManifest } from './manifest.ts';

type Settings = Static<typeof keyValueManifest.settings>;

/** Implementation of `core/key-value`. */
export function KeyValue({ settings }: ComponentProps<Settings>) {
  return settings.source === 'free' ? <FreeValues settings={settings} /> : <RowValues settings={settings} />;
}

function FreeValues({ settings }: { settings: Settings }) {
  const { mode } = useHost();
  const items = settings.items ?? [];
  useExposed({ row: null });
  useMethod('refresh', () => undefined);
  if (items.length === 0)
    return mode === 'design' ? <Placeholder icon="list-details" hint="Add the values to show" /> : null;
  const entries = items.map((item, index) => ({ key: `#${index}`, label: textOf(item.label), value: item.value }));
  return <Entries entries={entries} settings={settings} />;
}

function RowValues({ settings }: { settings: Settings }) {
  const host = useHost();
  const given = isJsonObject(settings.row) ? (settings.row as Row) : undefined;
  // A row that is bound but not there yet (nothing selected) must not fall back to the first row of the table.
  const isBound = settings.row !== undefined;
  const state = host.useRows(settings.data, {
    pageSize: 1,
    isPaused: isBound,
    ...requestFor(host, settings.data, columnsToLoad(settings)),
  });
  const row = isBound ? given : state.rows[0];
  useExposed({ row: row ?? null });
  useMethod('refresh', () => state.refresh());

  if (settings.data === undefined && !isBound) {
    return host.mode === 'design' ? <Placeholder icon="list-details" hint="Choose the data to show" /> : null;
  }
  if (!isBound && state.error !== undefined) return <LoadError error={state.error} onRetry={state.refresh} />;
  if (!isBound && state.isLoading) return <LoadingLines count={4} />;
  if (row === undefined) return <EmptyState text={textOf(settings.emptyText)} icon="list-details" />;
  return <Entries entries={entriesOfRow(row, state.table, settings.columns)} settings={settings} />;
}

/** Without chosen columns all are loaded, also those that are not to be shown. */
function columnsToLoad({ columns = [], hiddenColumns = [] }: Settings): readonly string[] {
  return columns.length === 0 ? [] : [...new Set([...columns, ...hiddenColumns])];
}

function Entries({ entries, settings }: { entries: readonly Entry[]; settings: Settings }) {
  const host = useHost();
  const shown = entries
    .map((entry) => ({ ...entry, text: formatValue(entry.value, { ...format(host), type: entry.type }) }))
    .filter((entry) => !settings.hideEmpty || entry.text !== '');
  return (
    <div className={styles.container}>
      <dl className={styles.list} data-names={settings.arrangement} data-columns={settings.columnCount}>
        {shown.map((entry) => (
          <div key={entry.key} className={styles.entry}>
            <dt className={styles.name}>{entry.label}</dt>
            <dd className={styles.value}>{entry.text === '' ? '–' : entry.text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function format({ locale, timeZone }: { readonly locale: string; readonly timeZone: string }) {
  return { locale, timeZone };
}
