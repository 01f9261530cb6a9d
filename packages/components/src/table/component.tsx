import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { Row } from '@fettle/sdk';
import { useHost, type ComponentProps, type TablePlace } from '@fettle/sdk/react';
import { isFilter } from '../inputs/filter-draft.ts';
import { useIsNarrow } from '../inputs/use-is-narrow.ts';
import { arrangeColumns } from './column-preferences.ts';
import { cellText } from './cell-content.tsx';
import { resolveColumns } from './derive-columns.ts';
import { FilterChips } from './filter-chips.tsx';
import { filterFields } from './filter-fields.ts';
import { Footer } from './footer.tsx';
import { Grid } from './grid.tsx';
import type { TableSettings } from './manifest.ts';
import { columnsForPhones, PhoneList } from './phone-list.tsx';
import { toggleSort } from './sort-order.ts';
import { EmptyState, ErrorState, NoDataState, NoMatchState, NoTableState } from './table-states.tsx';
import { TablePlaceProvider } from './table-place.ts';
import { Toolbar } from './toolbar.tsx';
import { useCellEditing } from './use-cell-editing.ts';
import { useColumnPreferences } from './use-column-preferences.ts';
import { useRowChoice } from './use-row-choice.ts';
import { useRowWrites } from './use-row-writes.ts';
import { useTableRows, useTableView } from './use-table-rows.ts';
import classes from './table.module.css';

const ConflictDialog = lazy(() =>
  import('./conflict-dialog.tsx').then((module) => ({ default: module.ConflictDialog })),
);
const RowDialog = lazy(() => import('./row-dialog.tsx').then((module) => ({ default: module.RowDialog })));

const rowHeights = { compact: 34, cosy: 42 } as const;

/** Implementation of `core/table`. */
export function Table({ settings }: ComponentProps<TableSettings>) {
  const host = useHost();
  const root = useRef<HTMLDivElement>(null);
  const isNarrow = useIsNarrow(root);
  const place = usePlace(settings);
  const table = place === undefined ? undefined : host.data.describe(place);
  const [rawRows, setRawRows] = useState<readonly Row[]>([]);
  const lookup = (id: string) => (place === undefined ? undefined : host.data.describe({ ...place, table: id }));
  const settingsKey = columnsKey(settings.columns);
  const columns = useMemo(
    () => resolveColumns({ settings: settings.columns, table, rows: rawRows, lookup }),
    [settingsKey, settings.columns, table, rawRows],
  );
  const preferences = useColumnPreferences();
  const arranged = useMemo(() => arrangeColumns(columns, preferences.value), [columns, preferences.value]);
  const shown = useMemo(() => arranged.filter((column) => !column.isHidden), [arranged]);
  const phoneColumns = useMemo(
    () => columnsForPhones(arranged, settings.phoneColumns),
    [arranged, settings.phoneColumns],
  );
  const requested = settings.columns.length === 0 ? shown : columns;
  const fields = useMemo(() => filterFields({ host, place, table, columns: arranged }), [table, arranged]);

  const view = useTableView(settings);
  const rows = useTableRows({ settings, view, table, place, columns: requested, fields, onRawRows: setRawRows });
  const editing = useCellEditing({ place, table, rows: rows.rows, refresh: rows.refresh });
  const visible = editing.patch(rows.rows);
  const choice = useRowChoice({ settings, rows: visible });
  const writes = useRowWrites({ settings, place, table, choice });
  const isEditable =
    settings.allowEdit &&
    table !== undefined &&
    table.writable &&
    table.primaryKey.length > 0 &&
    table.allowed?.update !== false;
  const isClickable = host.hasEvent('rowClick');
  const label = settings.title === '' ? (table?.name ?? host.name) : settings.title;

  useExposed({ settings, view, rows, visible: visible.map(({ row }) => row), choice });
  useMethods({ view, refresh: rows.refresh, clearSelection: choice.clear });

  const copy = (index: number, column: number): void => {
    const [known, target] = [visible[index], shown[column]];
    if (known === undefined || target === undefined) return;
    void navigator.clipboard?.writeText(cellText(target, known.row, host)).catch(() => undefined);
  };
  const events = {
    open: choice.open,
    click: (index: number, column: number) => choice.click(index, isEditable && shown[column]?.isEditable === true),
    edit: (index: number, column: number) => {
      const [known, target] = [visible[index], shown[column]];
      if (!isEditable || host.mode === 'design' || known === undefined || target?.isEditable !== true) return;
      choice.cancelClick();
      editing.start(known.id, target.id);
    },
    toggle: choice.toggle,
    selectAll: choice.togglePage,
    copy,
    act: choice.act,
    save: (edit: Parameters<typeof editing.save>[0]) => void editing.save(edit),
    cancel: editing.cancel,
    nearEnd: () => {
      if (settings.paging === 'continuous' && rows.hasMore && !rows.isFetching) rows.loadMore();
    },
  };

  const isEmpty = !rows.isLoading && rows.error === undefined && visible.length === 0;
  const hasOwnNarrowing = view.search !== '' || view.draft.conditions.length > 0 || view.calledFilter !== undefined;
  const state =
    settings.data === undefined ? (
      <NoDataState />
    ) : place !== undefined && table === undefined ? (
      <NoTableState />
    ) : rows.error !== undefined && visible.length === 0 ? (
      <ErrorState error={rows.error} onRetry={rows.refresh} />
    ) : isEmpty && rows.isNarrowed ? (
      <NoMatchState onClear={hasOwnNarrowing ? view.clear : undefined} />
    ) : isEmpty ? (
      <EmptyState text={settings.emptyText} onAdd={writes.add} />
    ) : undefined;
  const isReady = settings.data !== undefined && (place === undefined || table !== undefined);

  return (
    <TablePlaceProvider value={place}>
      <div ref={root} className={classes.table}>
        <div className={classes.top}>
          <Toolbar
            title={settings.title}
            view={view}
            fields={fields}
            hasSearch={settings.searchable && isReady}
            hasFilter={settings.filterable && isReady && fields.length > 0}
            hasColumns={isReady && columns.length > 1 && !isNarrow}
            columns={arranged}
            preferences={preferences.value}
            onPreferences={preferences.set}
            exportUrl={settings.allowExport ? rows.exportUrl : undefined}
            isFetching={rows.isFetching && !rows.isLoading}
            onRefresh={rows.refresh}
            onAdd={writes.add}
            selectedCount={choice.selected.size}
            onClearSelection={choice.clear}
            onDelete={writes.remove}
          />
          <FilterChips draft={view.draft} fields={fields} onChange={view.setDraft} />
        </div>
        {rows.error !== undefined && visible.length > 0 && (
          <div role="alert" className={classes.problem}>
            The rows may be out of date: {rows.error.message}
          </div>
        )}
        <div className={classes.body} data-stale={(rows.isFetching && !rows.isLoading) || undefined}>
          {state ??
            (isNarrow ? (
              <PhoneList
                label={label}
                columns={phoneColumns}
                rows={visible}
                actions={settings.rowActions}
                selection={settings.selection}
                selected={choice.selected}
                isLoading={rows.isLoading}
                isClickable={isClickable || writes.edit !== undefined}
                onOpen={(index) => (isClickable ? choice.open(index) : writes.edit?.(visible[index]?.row))}
                onToggle={(index) => choice.toggle(index, false)}
                onAct={choice.act}
              />
            ) : (
              <Grid
                label={label}
                columns={shown}
                rows={visible}
                actions={settings.rowActions}
                selection={settings.selection}
                selected={choice.selected}
                currentRow={isClickable ? choice.current?.id : undefined}
                editing={editing.editing}
                isEditable={isEditable}
                isClickable={isClickable}
                isLoading={rows.isLoading}
                isStriped={settings.striped}
                rowHeight={rowHeights[settings.density]}
                maxHeight={settings.height}
                firstIndex={settings.paging === 'pages' ? view.page * view.pageSize : 0}
                total={rows.total}
                header={{
                  sort: rows.sort,
                  onSort: (path, isAdded) => view.setSort(toggleSort(rows.sort, path, isAdded)),
                  onResize: preferences.resize,
                  onMove: (id, offset) => preferences.move(arranged, shown, id, offset),
                  onSelectPage: choice.togglePage,
                }}
                events={events}
              />
            ))}
        </div>
        {isReady && state === undefined && <Footer paging={settings.paging} view={view} rows={rows} />}
        {editing.conflict !== undefined && (
          <Suspense>
            <ConflictDialog
              conflict={editing.conflict}
              onKeepMine={() => void editing.keepMine()}
              onTakeTheirs={editing.takeTheirs}
            />
          </Suspense>
        )}
        {writes.dialog !== undefined && place !== undefined && table !== undefined && (
          <Suspense>
            <RowDialog
              place={place}
              table={table}
              dialog={writes.dialog}
              isFullScreen={isNarrow}
              onClose={writes.close}
              onSaved={writes.saved}
            />
          </Suspense>
        )}
      </div>
    </TablePlaceProvider>
  );
}

function usePlace(settings: TableSettings): TablePlace | undefined {
  const { data } = settings;
  const [dataSource, table] = data?.kind === 'table' ? [data.dataSource, data.table] : [undefined, undefined];
  return useMemo(
    () => (dataSource === undefined || table === undefined ? undefined : { dataSource, table }),
    [dataSource, table],
  );
}

// Settings are new objects whenever a binding is worked out again; what the columns are changes rarely.
function columnsKey(columns: TableSettings['columns']): string {
  return JSON.stringify(columns);
}

function useExposed(options: {
  readonly settings: TableSettings;
  readonly view: ReturnType<typeof useTableView>;
  readonly rows: ReturnType<typeof useTableRows>;
  readonly visible: readonly Row[];
  readonly choice: ReturnType<typeof useRowChoice>;
}): void {
  const host = useHost();
  const { view, rows, choice } = options;
  useEffect(() => {
    host.expose({
      rows: options.visible,
      selectedRows: [...choice.selected.values()],
      selectedRow: choice.current?.row ?? null,
      total: rows.total ?? null,
      page: view.page + 1,
      search: rows.searchText,
      filter: rows.filter ?? null,
      sort: rows.sort,
    });
  });
}

function useMethods(options: {
  readonly view: ReturnType<typeof useTableView>;
  readonly refresh: () => void;
  readonly clearSelection: () => void;
}): void {
  const host = useHost();
  const latest = useRef(options);
  latest.current = options;
  useEffect(() => {
    const withdraw = [
      host.offer('refresh', () => latest.current.refresh()),
      host.offer('clearSelection', () => latest.current.clearSelection()),
      host.offer('setFilter', (input) => {
        const filter = input?.['filter'] ?? input?.['value'];
        latest.current.view.setCalledFilter(isFilter(filter) ? filter : undefined);
      }),
      host.offer('setSearch', (input) =>
        latest.current.view.setSearch(String(input?.['text'] ?? input?.['value'] ?? '')),
      ),
    ];
    return () => withdraw.forEach((stop) => stop());
  }, [host.id]);
}
