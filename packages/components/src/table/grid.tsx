import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { useFigureLengths } from './figure-lengths.ts';
import { GridHeader, type GridHeaderProps } from './grid-header.tsx';
import { layoutGrid } from './grid-layout.ts';
import { movePosition, type GridPosition } from './grid-position.ts';
import { GridRow, type RowEvents } from './grid-row.tsx';
import type { RowAction } from './manifest.ts';
import type { KnownRow, Selection } from './row-selection.ts';
import type { TableColumn } from './table-column.ts';
import classes from './grid.module.css';

/** What the grid lets a person do, by position. */
export interface GridEvents {
  readonly open: (index: number) => void;
  readonly click: (index: number, column: number) => void;
  readonly edit: (index: number, column: number) => void;
  readonly toggle: (index: number, isRange: boolean) => void;
  readonly selectAll: () => void;
  readonly copy: (index: number, column: number) => void;
  readonly act: RowEvents['act'];
  readonly save: (edit: Parameters<RowEvents['save']>[0]) => void;
  readonly cancel: () => void;
  readonly nearEnd: () => void;
}

/** Props of {@link Grid}. */
export interface GridProps {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly KnownRow[];
  readonly actions: readonly RowAction[];
  readonly selection: 'none' | 'single' | 'multiple';
  readonly selected: Selection;
  readonly currentRow: string | undefined;
  readonly editing: { readonly row: string; readonly column: string } | undefined;
  readonly isEditable: boolean;
  readonly isClickable: boolean;
  readonly isLoading: boolean;
  readonly isStriped: boolean;
  readonly rowHeight: number;
  readonly maxHeight: number;
  /** Rows before the first one shown, and all there are when known. */
  readonly firstIndex: number;
  readonly total: number | undefined;
  readonly header: Pick<GridHeaderProps, 'sort' | 'onSort' | 'onResize' | 'onMove' | 'onSelectPage'>;
  readonly events: GridEvents;
}

const virtualFrom = 80;

/** The grid: one tab stop, arrow keys between the cells, only the rows in view when there are many. */
export function Grid(props: GridProps) {
  const { columns, rows, actions, selection, events } = props;
  const viewport = useRef<HTMLDivElement>(null);
  const [position, setPosition] = useState<GridPosition>({ row: 0, column: 0 });
  const columnCount = columns.length + (actions.length > 0 ? 1 : 0);
  const active = {
    row: Math.min(position.row, rows.length - 1),
    column: Math.min(position.column, Math.max(columnCount - 1, 0)),
  };
  const figures = useFigureLengths(columns, rows);
  const layout = useMemo(
    () => layoutGrid(columns, { hasSelection: selection !== 'none', actions, figures }),
    [columns, selection, actions, figures],
  );
  const span = useRowSpan({ viewport, count: rows.length, rowHeight: props.rowHeight, onNearEnd: events.nearEnd });
  const moveTo = useFocusedCell(viewport, setPosition, span.scrollTo);
  const rowEvents = useStableEvents(
    { events, setPosition, moveTo, columnCount: columns.length, rowCount: rows.length },
    viewport,
  );

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const here = positionOf(event.target);
    if (here === undefined) {
      leaveInnerControl(event);
      return;
    }
    const next = movePosition(here, event.key, {
      rows: rows.length,
      columns: columnCount,
      pageRows: Math.max(Math.floor((viewport.current?.clientHeight ?? 0) / props.rowHeight) - 2, 10),
      isControl: event.ctrlKey || event.metaKey,
      isRightToLeft: viewport.current !== null && getComputedStyle(viewport.current).direction === 'rtl',
    });
    if (next !== undefined) {
      event.preventDefault();
      if (event.shiftKey && next.row !== here.row && selection === 'multiple' && next.row >= 0)
        events.toggle(next.row, true);
      moveTo(next);
      return;
    }
    if (here.row >= 0) onCellKey(event, here, props);
  };
  // However a cell got the focus (a screen reader may set it), the arrow keys go on from there.
  const onFocus = (event: FocusEvent<HTMLDivElement>): void => {
    const here = positionOf(event.target);
    if (here !== undefined && (here.row !== active.row || here.column !== active.column)) setPosition(here);
  };
  const selectedHere = rows.filter(({ id }) => props.selected.has(id)).length;
  const style = {
    '--grid-columns': layout.template,
    '--grid-min-width': `${layout.minWidth}px`,
    '--row-height': `${props.rowHeight}px`,
    maxHeight: props.maxHeight,
  } as CSSProperties;

  return (
    <div
      ref={viewport}
      className={classes.viewport}
      style={style}
      data-striped={props.isStriped || undefined}
      data-clickable={props.isClickable || undefined}
      onScroll={span.onScroll}
    >
      <div
        role="grid"
        className={classes.grid}
        aria-label={props.label}
        aria-rowcount={props.total === undefined ? -1 : props.total + 1}
        aria-colcount={columnCount + (selection === 'none' ? 0 : 1)}
        aria-busy={props.isLoading}
        {...(selection === 'multiple' ? { 'aria-multiselectable': true } : {})}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
      >
        <div role="rowgroup" style={{ display: 'contents' }}>
          <GridHeader
            {...props.header}
            columns={columns}
            selection={selection}
            selectedState={selectedHere === 0 ? 'none' : selectedHere === rows.length ? 'all' : 'some'}
            hasActions={actions.length > 0}
            activeColumn={active.row === -1 ? active.column : undefined}
            onActivate={(column) => setPosition({ row: -1, column })}
          />
        </div>
        <div role="rowgroup">
          {props.isLoading && <Bones columns={columns} hasSelection={selection !== 'none'} />}
          {span.before > 0 && <div role="presentation" style={{ height: span.before }} />}
          {rows.slice(span.from, span.to).map((known, offset) => {
            const index = span.from + offset;
            return (
              <GridRow
                key={known.id}
                known={known}
                index={index}
                ariaIndex={props.firstIndex + index + 2}
                columns={columns}
                actions={actions}
                selection={selection}
                isSelected={props.selected.has(known.id)}
                isCurrent={props.currentRow === known.id}
                isEditable={props.isEditable}
                activeColumn={active.row === index ? active.column : undefined}
                editingColumn={props.editing?.row === known.id ? props.editing.column : undefined}
                events={rowEvents}
              />
            );
          })}
          {span.after > 0 && <div role="presentation" style={{ height: span.after }} />}
        </div>
      </div>
    </div>
  );
}

/** The cell that an event happened on, when it was the cell itself and nothing in it. */
function positionOf(target: EventTarget): GridPosition | undefined {
  const cell = (target as HTMLElement).getAttribute('data-cell');
  const [row, column] = (cell ?? '').split(':').map(Number);
  return cell === null || row === undefined || column === undefined ? undefined : { row, column };
}

function onCellKey(event: KeyboardEvent<HTMLDivElement>, here: GridPosition, props: GridProps): void {
  const { events, columns, selection } = props;
  const onActions = here.column === columns.length;
  if (event.key === 'Enter' || event.key === 'F2') {
    event.preventDefault();
    if (onActions) (event.target as HTMLElement).querySelector('button')?.focus();
    else if (props.isEditable && columns[here.column]?.isEditable === true) events.edit(here.row, here.column);
    else events.open(here.row);
  } else if (event.key === ' ') {
    event.preventDefault();
    if (selection === 'none') events.open(here.row);
    else events.toggle(here.row, event.shiftKey);
  } else if ((event.ctrlKey || event.metaKey) && event.key === 'a' && selection === 'multiple') {
    event.preventDefault();
    events.selectAll();
  } else if ((event.ctrlKey || event.metaKey) && event.key === 'c' && !onActions) {
    if (window.getSelection()?.toString() === '') events.copy(here.row, here.column);
  }
}

// From a button within a cell, Escape leads back to the cell.
function leaveInnerControl(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'Escape') return;
  (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')?.focus();
}

function Bones({
  columns,
  hasSelection,
}: {
  readonly columns: readonly TableColumn[];
  readonly hasSelection: boolean;
}) {
  return Array.from({ length: 8 }, (_, index) => (
    <div key={index} role="row" className={classes.row}>
      {hasSelection && <div role="gridcell" className={classes.select} />}
      {columns.map((column, position) => (
        <div key={column.id} role="gridcell" className={classes.cell} data-align={column.align}>
          <span className={classes.bone} style={{ width: `${40 + ((index * 7 + position * 13) % 5) * 10}%` }} />
        </div>
      ))}
    </div>
  ));
}

interface RowSpan {
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
  readonly scrollTo: (index: number) => void;
  readonly onScroll: () => void;
}

// Few rows stand in the page as they are: the browser's own search and printing find them all.
function useRowSpan(options: {
  readonly viewport: RefObject<HTMLDivElement | null>;
  readonly count: number;
  readonly rowHeight: number;
  readonly onNearEnd: () => void;
}): RowSpan {
  const { viewport, count, rowHeight } = options;
  const isVirtual = count > virtualFrom;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => viewport.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    enabled: isVirtual,
    initialRect: { width: 960, height: 640 },
  });
  const items = virtualizer.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  const from = isVirtual ? (first?.index ?? 0) : 0;
  const to = isVirtual ? (last === undefined ? Math.min(count, virtualFrom) : last.index + 1) : count;
  return {
    from,
    to,
    before: from * rowHeight,
    after: (count - to) * rowHeight,
    scrollTo: (index) => {
      if (isVirtual && index >= 0) virtualizer.scrollToIndex(index);
    },
    onScroll: () => {
      const element = viewport.current;
      if (element === null || element.clientHeight === 0) return;
      if (element.scrollHeight - element.scrollTop - element.clientHeight < rowHeight * 6) options.onNearEnd();
    },
  };
}

/** Moves the focus to a cell, also to one that is not drawn yet. */
function useFocusedCell(
  viewport: RefObject<HTMLDivElement | null>,
  setPosition: (position: GridPosition) => void,
  scrollTo: (index: number) => void,
): (position: GridPosition) => void {
  const wanted = useRef<GridPosition | undefined>(undefined);
  useEffect(() => {
    const { current } = wanted;
    if (current === undefined) return;
    const cell = viewport.current?.querySelector<HTMLElement>(`[data-cell="${current.row}:${current.column}"]`);
    if (cell === null || cell === undefined) return;
    wanted.current = undefined;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  });
  return (position) => {
    wanted.current = position;
    setPosition(position);
    scrollTo(position.row);
  };
}

const steps = { down: [1, 0], right: [0, 1], left: [0, -1], stay: [0, 0] } as const;

// One object for all rows and all renderings: what it calls is always the latest.
function useStableEvents(
  calls: {
    readonly events: GridEvents;
    readonly setPosition: (position: GridPosition) => void;
    readonly moveTo: (position: GridPosition) => void;
    readonly columnCount: number;
    readonly rowCount: number;
  },
  viewport: RefObject<HTMLDivElement | null>,
): RowEvents {
  const latest = useRef(calls);
  latest.current = calls;
  return useMemo<RowEvents>(
    () => ({
      click: (index, column) => {
        latest.current.setPosition({ row: index, column });
        viewport.current
          ?.querySelector<HTMLElement>(`[data-cell="${index}:${column}"]`)
          ?.focus({ preventScroll: true });
        latest.current.events.click(index, column);
      },
      doubleClick: (index, column) => latest.current.events.edit(index, column),
      toggle: (index, isRange) => latest.current.events.toggle(index, isRange),
      act: (action, row) => latest.current.events.act(action, row),
      save: (edit, move, at) => {
        latest.current.events.save(edit);
        if (move === 'none') return;
        const [down, right] = steps[move];
        const column = Math.min(Math.max(at.column + right, 0), latest.current.columnCount - 1);
        latest.current.moveTo({ row: Math.min(at.row + down, latest.current.rowCount - 1), column });
      },
      cancel: (at) => {
        latest.current.events.cancel();
        latest.current.moveTo(at);
      },
    }),
    [],
  );
}
