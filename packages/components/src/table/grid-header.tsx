import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Sort } from '../inputs/filter-types.ts';
import type { TableColumn } from './table-column.ts';
import classes from './grid.module.css';

/** Props of {@link GridHeader}. */
export interface GridHeaderProps {
  readonly columns: readonly TableColumn[];
  readonly sort: readonly Sort[];
  readonly selection: 'none' | 'single' | 'multiple';
  /** How many of the rows on show are selected. */
  readonly selectedState: 'none' | 'some' | 'all';
  readonly hasActions: boolean;
  readonly activeColumn: number | undefined;
  readonly onSort: (path: string, isAdded: boolean) => void;
  readonly onSelectPage: () => void;
  readonly onResize: (id: string, width: number | undefined) => void;
  readonly onMove: (id: string, offset: number) => void;
  readonly onActivate: (column: number) => void;
}

/** The sticky head of the grid: labels, order, widths. */
export function GridHeader(props: GridHeaderProps) {
  const { columns, selection } = props;
  const offset = selection === 'none' ? 1 : 2;
  const [dragged, setDragged] = useState<string | undefined>();
  return (
    <div role="row" className={classes.header} aria-rowindex={1}>
      {selection !== 'none' && (
        <div role="columnheader" className={classes.select} aria-colindex={1}>
          {selection === 'multiple' ? (
            <input
              type="checkbox"
              className={classes.checkbox}
              aria-label="Select all rows on this page"
              checked={props.selectedState === 'all'}
              ref={(element) => {
                if (element !== null) element.indeterminate = props.selectedState === 'some';
              }}
              onChange={props.onSelectPage}
            />
          ) : (
            <span className={classes.hidden}>Selection</span>
          )}
        </div>
      )}
      {columns.map((column, position) => (
        <HeaderCell
          key={column.id}
          {...props}
          column={column}
          position={position}
          ariaColumn={position + offset}
          dragged={dragged}
          onDrag={setDragged}
        />
      ))}
      {props.hasActions && (
        <div
          role="columnheader"
          className={classes.headerCell}
          aria-colindex={columns.length + offset}
          data-cell={`-1:${columns.length}`}
          tabIndex={props.activeColumn === columns.length ? 0 : -1}
        >
          <span className={classes.hidden}>Actions</span>
        </div>
      )}
    </div>
  );
}

function HeaderCell(
  props: GridHeaderProps & {
    readonly column: TableColumn;
    readonly position: number;
    readonly ariaColumn: number;
    readonly dragged: string | undefined;
    readonly onDrag: (id: string | undefined) => void;
  },
) {
  const { column, position, sort } = props;
  const place = sort.findIndex((entry) => entry.column === column.path);
  const direction = sort[place]?.direction;
  const order = (isAdded: boolean): void => {
    if (column.isSortable && column.path !== undefined) props.onSort(column.path, isAdded);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      event.stopPropagation();
      order(event.shiftKey);
    }
    if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      event.preventDefault();
      event.stopPropagation();
      const width = (event.currentTarget as HTMLElement).offsetWidth || (column.width ?? 150);
      props.onResize(column.id, width + (event.key === 'ArrowRight' ? 16 : -16));
    }
  };
  return (
    <div
      role="columnheader"
      className={classes.headerCell}
      data-cell={`-1:${position}`}
      data-align={column.align}
      data-sortable={column.isSortable || undefined}
      data-drop={(props.dragged !== undefined && props.dragged !== column.id) || undefined}
      aria-colindex={props.ariaColumn}
      {...(column.isSortable ? { 'aria-sort': direction ?? 'none' } : {})}
      tabIndex={props.activeColumn === position ? 0 : -1}
      draggable
      onDragStart={() => props.onDrag(column.id)}
      onDragEnd={() => props.onDrag(undefined)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const from = props.columns.findIndex((candidate) => candidate.id === props.dragged);
        if (props.dragged !== undefined && from !== -1) props.onMove(props.dragged, position - from);
        props.onDrag(undefined);
      }}
      onClick={(event) => {
        props.onActivate(position);
        order(event.shiftKey);
      }}
      onKeyDown={onKeyDown}
    >
      <span className={classes.headerLabel} title={column.label}>
        {column.label}
      </span>
      {direction === 'ascending' && <IconArrowUp size={14} aria-hidden className={classes.sortMark} />}
      {direction === 'descending' && <IconArrowDown size={14} aria-hidden className={classes.sortMark} />}
      {direction !== undefined && sort.length > 1 && <span className={classes.sortPlace}>{place + 1}</span>}
      <ResizeHandle column={column} onResize={props.onResize} />
    </div>
  );
}

function ResizeHandle({
  column,
  onResize,
}: {
  readonly column: TableColumn;
  readonly onResize: GridHeaderProps['onResize'];
}) {
  const start = useRef<{ readonly x: number; readonly width: number; readonly sign: 1 | -1 } | undefined>(undefined);
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    const cell = event.currentTarget.parentElement;
    if (cell === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = {
      x: event.clientX,
      width: cell.offsetWidth,
      sign: getComputedStyle(cell).direction === 'rtl' ? -1 : 1,
    };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const from = start.current;
    if (from !== undefined) onResize(column.id, from.width + (event.clientX - from.x) * from.sign);
  };
  return (
    <span
      className={classes.resize}
      aria-hidden
      title="Drag to resize, double click for the usual width"
      draggable
      onDragStart={(event) => {
        event.preventDefault();
        event.stopPropagation();
      }}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={() => onResize(column.id, undefined)}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onPointerCancel={() => {
        start.current = undefined;
      }}
    />
  );
}
