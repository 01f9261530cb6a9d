import { useCallback, useMemo, useState } from 'react';
import { Button, Skeleton, Stack } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import type { Row } from '@fettle/sdk';
import { EmptyState } from '../../shell/empty-state.tsx';
import { ErrorState } from '../../shell/error-state.tsx';
import { noFilter } from '../filter/filter-draft.ts';
import { DataGrid } from '../grid/data-grid.tsx';
import type { GridColumn } from '../grid/grid-column.ts';
import { Pager } from './pager.tsx';
import { relatedKey, relatedLabel, type RelationColumn } from './relation-columns.ts';
import { RelatedPeek, type PeekTarget } from './related-peek.tsx';
import { RowPanel } from './row-panel.tsx';
import { nextSort, type RowsView } from './rows-view.ts';
import { RowsToolbar } from './rows-toolbar.tsx';
import { useRows, type TablePlace } from './use-rows.ts';
import { useRowsView } from './use-rows-view.ts';
import styles from './rows.module.css';

/** The rows of a table: paged, sorted, filtered and searched on the server. */
export function RowsTab({ place, isInternal }: { readonly place: TablePlace; readonly isInternal: boolean }) {
  const { view, change } = useRowsView();
  const { rows, relations } = useRows(place, view);
  const [openRow, setOpenRow] = useState<number | 'new'>();
  const [peek, setPeek] = useState<PeekTarget>();
  const { table, dataSource } = place;
  const columns = useMemo(() => gridColumns(place, relations, setPeek), [place, relations]);
  const open = useCallback((row: number) => setOpenRow(row), []);
  const data = rows.data?.rows ?? [];
  const shownRow = typeof openRow === 'number' ? data[openRow] : undefined;
  return (
    <>
      <RowsToolbar
        place={place}
        view={view}
        isInternal={isInternal}
        isBusy={rows.isFetching}
        onView={change}
        onRefresh={() => void rows.refetch()}
        onNew={() => setOpenRow('new')}
      />
      {rows.isPending && (
        <Stack gap={6} p="lg">
          {[1, 2, 3, 4, 5, 6].map((number) => (
            <Skeleton key={number} height={24} />
          ))}
        </Stack>
      )}
      {rows.isError && (
        <Stack p="lg">
          <ErrorState error={rows.error} title="The rows could not be read" onRetry={() => void rows.refetch()} />
        </Stack>
      )}
      {rows.isSuccess && data.length === 0 && (
        <NoRows view={view} onView={change} canAdd={table.writable} onNew={() => setOpenRow('new')} />
      )}
      {rows.isSuccess && data.length > 0 && (
        <DataGrid
          label={`Rows of ${table.id}`}
          storageKey={`${dataSource}/${table.id}`}
          columns={columns}
          rows={data}
          firstNumber={view.offset + 1}
          sort={view.sort}
          onSort={(column, isAdded) => change({ sort: nextSort(view.sort, column, isAdded) })}
          onOpen={open}
          openRow={typeof openRow === 'number' ? openRow : undefined}
          isBusy={rows.isPlaceholderData}
        />
      )}
      {rows.isSuccess && <Pager view={view} result={rows.data} onView={change} />}
      <RowPanel
        place={place}
        row={shownRow}
        isNew={openRow === 'new'}
        isOpen={openRow === 'new' || shownRow !== undefined}
        onClose={() => setOpenRow(undefined)}
        onPeek={setPeek}
        {...(typeof openRow === 'number'
          ? {
              onStep: (by: number) => setOpenRow(Math.max(0, Math.min(data.length - 1, openRow + by))),
            }
          : {})}
      />
      <RelatedPeek dataSource={dataSource} schema={place.schema} target={peek} onTarget={setPeek} />
    </>
  );
}

function gridColumns(
  { table }: TablePlace,
  relations: ReadonlyMap<string, RelationColumn>,
  onPeek: (target: PeekTarget) => void,
): readonly GridColumn[] {
  return table.columns.map((column) => {
    const relation = relations.get(column.name);
    return {
      id: column.name,
      title: column.name,
      type: column.type,
      meaning: column.meaning,
      isKey: table.primaryKey.includes(column.name),
      isSortable:
        column.type !== 'json' && column.type !== 'binary' && column.type !== 'array' && column.type !== 'unknown',
      ...(column.comment === undefined ? {} : { hint: column.comment }),
      ...(relation === undefined ? {} : { render: (row: Row) => relationChip(row, relation, onPeek) }),
    };
  });
}

function relationChip(row: Row, relation: RelationColumn, onPeek: (target: PeekTarget) => void) {
  const key = relatedKey(row, relation.relation);
  const label = relatedLabel(row, relation);
  if (key === undefined || label === undefined) return undefined;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles['relation']}
      title={`${relation.target.id}: ${label}`}
      onClick={() => onPeek({ table: relation.target.id, key })}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {label}
    </button>
  );
}

function NoRows(props: {
  readonly view: RowsView;
  readonly onView: (part: Partial<RowsView>) => void;
  readonly canAdd: boolean;
  readonly onNew: () => void;
}) {
  const { view } = props;
  if (view.search !== '' || view.filter.conditions.length > 0 || view.offset > 0) {
    return (
      <EmptyState icon={<IconTable size={20} />} title="No row matches" text="No row fits the search and the filter.">
        <Button variant="default" onClick={() => props.onView({ search: '', filter: noFilter })}>
          Show all rows
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconTable size={20} />} title="No rows yet" text="The table is there, and empty.">
      {props.canAdd && <Button onClick={props.onNew}>Add a row</Button>}
    </EmptyState>
  );
}
