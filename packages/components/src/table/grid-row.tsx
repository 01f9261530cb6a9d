import { Button } from '@mantine/core';
import { lazy, memo, Suspense, type MouseEvent } from 'react';
import type { Row } from '@fettle/sdk';
import type { CellEdit } from './use-cell-editing.ts';
import { CellContent } from './cell-content.tsx';
import type { GridPosition } from './grid-position.ts';
import type { RowAction } from './manifest.ts';
import type { KnownRow } from './row-selection.ts';
import type { TableColumn } from './table-column.ts';
import classes from './grid.module.css';

// Most visits to a table change nothing: the editors come when the first cell is opened.
const CellEditor = lazy(() => import('./cell-editor.tsx').then((module) => ({ default: module.CellEditor })));

/** Where the active cell goes when an editor is done. */
export type EditorMove = 'down' | 'right' | 'left' | 'stay' | 'none';

/** What a row tells the grid. The object stays the same, so that rows render only when they change. */
export interface RowEvents {
  click(index: number, column: number, event: MouseEvent): void;
  doubleClick(index: number, column: number): void;
  toggle(index: number, isRange: boolean): void;
  act(action: string, row: Row): void;
  save(edit: CellEdit, move: EditorMove, at: GridPosition): void;
  cancel(at: GridPosition): void;
}

/** Props of {@link GridRow}. */
export interface GridRowProps {
  readonly known: KnownRow;
  readonly index: number;
  /** Position among all rows, from 1, the header counted. */
  readonly ariaIndex: number;
  readonly columns: readonly TableColumn[];
  readonly actions: readonly RowAction[];
  readonly selection: 'none' | 'single' | 'multiple';
  readonly isSelected: boolean;
  readonly isCurrent: boolean;
  readonly isEditable: boolean;
  /** Column of the cell that takes the focus. */
  readonly activeColumn: number | undefined;
  readonly editingColumn: string | undefined;
  readonly events: RowEvents;
}

/** One row of the grid. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { known, index, columns, actions, events } = props;
  const offset = props.selection === 'none' ? 1 : 2;
  return (
    <div
      role="row"
      className={classes.row}
      aria-rowindex={props.ariaIndex}
      {...(props.selection === 'none' ? {} : { 'aria-selected': props.isSelected })}
      data-selected={props.isSelected || undefined}
      data-current={props.isCurrent || undefined}
      data-odd={index % 2 === 1 || undefined}
    >
      {props.selection !== 'none' && (
        <div role="gridcell" className={classes.select} aria-colindex={1}>
          <input
            type="checkbox"
            tabIndex={-1}
            className={classes.checkbox}
            checked={props.isSelected}
            aria-label={`Select row ${props.ariaIndex - 1}`}
            onChange={() => undefined}
            onClick={(event) => {
              event.stopPropagation();
              events.toggle(index, event.shiftKey);
            }}
          />
        </div>
      )}
      {columns.map((column, position) => (
        <GridCell key={column.id} {...props} column={column} position={position} ariaColumn={position + offset} />
      ))}
      {actions.length > 0 && (
        <div
          role="gridcell"
          className={classes.actions}
          aria-colindex={columns.length + offset}
          tabIndex={props.activeColumn === columns.length ? 0 : -1}
          data-cell={`${index}:${columns.length}`}
          onClick={(event) => event.stopPropagation()}
        >
          <RowButtons actions={actions} row={known.row} onAct={events.act} />
        </div>
      )}
    </div>
  );
});

function GridCell(
  props: GridRowProps & { readonly column: TableColumn; readonly position: number; readonly ariaColumn: number },
) {
  const { column, position, index, known, events } = props;
  const isEditing = props.editingColumn === column.id;
  const isEditable = props.isEditable && column.isEditable;
  return (
    <div
      role="gridcell"
      className={classes.cell}
      data-cell={`${index}:${position}`}
      data-align={column.align}
      data-editing={isEditing || undefined}
      aria-colindex={props.ariaColumn}
      {...(props.isEditable ? { 'aria-readonly': !isEditable } : {})}
      tabIndex={props.activeColumn === position ? 0 : -1}
      onClick={(event) => {
        if (!isEditing) events.click(index, position, event);
      }}
      onDoubleClick={() => {
        if (!isEditing) events.doubleClick(index, position);
      }}
    >
      {isEditing ? (
        <Suspense fallback={<CellContent column={column} row={known.row} />}>
          <CellEditor
            column={column}
            known={known}
            onSave={(edit, move) => events.save(edit, move, { row: index, column: position })}
            onCancel={() => events.cancel({ row: index, column: position })}
          />
        </Suspense>
      ) : (
        <CellContent column={column} row={known.row} />
      )}
    </div>
  );
}

/** The buttons of a row that are visible for it. */
export function RowButtons(props: {
  readonly actions: readonly RowAction[];
  readonly row: Row;
  readonly onAct: (action: string, row: Row) => void;
}) {
  const { row } = props;
  return props.actions
    .filter((action) => perRow(action.visible, row, true))
    .map((action) => (
      <Button
        key={action.id}
        size="compact-xs"
        variant="default"
        {...(action.danger === true ? { c: 'var(--mantine-color-error)' } : {})}
        disabled={perRow(action.disabled, row, false)}
        onClick={(event) => {
          event.stopPropagation();
          props.onAct(action.id, row);
        }}
      >
        {action.label}
      </Button>
    ));
}

function perRow(setting: unknown, row: Row, fallback: boolean): boolean {
  if (typeof setting !== 'function') return setting === undefined || setting === '' ? fallback : Boolean(setting);
  return Boolean((setting as (scope: { row: Row }) => unknown)({ row }));
}
