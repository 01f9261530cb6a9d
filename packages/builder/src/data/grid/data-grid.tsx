import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { Sort } from '@fettle/access';
import type { Row } from '@fettle/sdk';
import { fullText } from './cell-text.ts';
import { columnWidths, type GridColumn } from './grid-column.ts';
import { GridHeader } from './grid-header.tsx';
import { GridRow } from './grid-row.tsx';
import { useColumnWidths } from './use-column-widths.ts';
import styles from './data-grid.module.css';

/** Props of {@link DataGrid}. */
export interface DataGridProps {
  readonly label: string;
  /** Give a list that stays the same while nothing changes. */
  readonly columns: readonly GridColumn[];
  readonly rows: readonly Row[];
  /** Widths are remembered under this name. */
  readonly storageKey: string;
  /** Number of the first row shown. */
  readonly firstNumber?: number;
  readonly sort?: readonly Sort[];
  readonly onSort?: (column: string, isAdded: boolean) => void;
  readonly onOpen?: (row: number) => void;
  readonly openRow?: number | undefined;
  /** Rows of before are shown while new ones are on their way. */
  readonly isBusy?: boolean;
}

const rowHeight = 30;
const noSort: readonly Sort[] = [];

/**
 * A dense grid of values: only what is in view is drawn. Arrows move, Enter opens the row, Ctrl-C copies the value.
 */
export function DataGrid(props: DataGridProps) {
  const { columns, rows, onOpen } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<{ readonly row: number; readonly column: number }>();
  const { widths, setWidth } = useColumnWidths(columns, props.storageKey);
  const template = [columnWidths.rowNumber, ...widths].map((width) => `${width}px`).join(' ');
  const fullWidth = widths.reduce((sum, width) => sum + width, columnWidths.rowNumber);
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    paddingEnd: 8,
    scrollPaddingStart: 32,
  });
  const activate = useCallback((row: number, column: number) => setActive({ row, column }), []);
  const open = useCallback((row: number) => onOpen?.(row), [onOpen]);

  // Other rows: the view starts at their top.
  const firstNumber = props.firstNumber ?? 1;
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActive((before) => (before === undefined ? before : { row: 0, column: before.column }));
  }, [firstNumber]);

  const moveTo = (row: number, column: number): void => {
    const next = { row: clamp(row, rows.length - 1), column: clamp(column, columns.length - 1) };
    setActive(next);
    lines.scrollToIndex(next.row);
    showColumn(scroller.current, widths, next.column);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || rows.length === 0) return;
    const at = active ?? { row: 0, column: 0 };
    const step = movesOf(event, rows.length, columns.length)?.(at);
    if (step !== undefined) {
      event.preventDefault();
      moveTo(step.row, step.column);
    } else if (event.key === 'Enter' && onOpen !== undefined) {
      event.preventDefault();
      onOpen(at.row);
    } else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && window.getSelection()?.isCollapsed !== false) {
      const column = columns[at.column];
      if (column !== undefined) void navigator.clipboard.writeText(fullText(rows[at.row]?.[column.id]));
    }
  };

  return (
    <div
      ref={scroller}
      className={styles['grid']}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length + 1}
      aria-busy={props.isBusy ?? false}
      aria-activedescendant={active === undefined ? undefined : `${id}-${active.row}-${active.column}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget) setActive((before) => before ?? { row: 0, column: 0 });
      }}
    >
      <div style={{ width: fullWidth, minWidth: '100%' }}>
        <GridHeader
          columns={columns}
          widths={widths}
          template={template}
          sort={props.sort ?? noSort}
          onSort={props.onSort}
          onWidth={setWidth}
        />
        <div
          role="rowgroup"
          className={props.isBusy === true ? styles['busy'] : undefined}
          style={{ position: 'relative', height: lines.getTotalSize(), width: fullWidth }}
        >
          {lines.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <GridRow
                key={item.key}
                id={id}
                row={row}
                index={item.index}
                number={firstNumber + item.index}
                top={item.start}
                template={template}
                columns={columns}
                activeColumn={active?.row === item.index ? active.column : undefined}
                isSelected={props.openRow === item.index}
                canOpen={onOpen !== undefined}
                onActivate={activate}
                onOpen={open}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface Place {
  readonly row: number;
  readonly column: number;
}

const pageOfRows = 15;

function movesOf(event: KeyboardEvent, rows: number, columns: number): ((at: Place) => Place) | undefined {
  const isFar = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case 'ArrowDown':
      return ({ row, column }) => ({ row: isFar ? rows - 1 : row + 1, column });
    case 'ArrowUp':
      return ({ row, column }) => ({ row: isFar ? 0 : row - 1, column });
    case 'ArrowRight':
      return ({ row, column }) => ({ row, column: isFar ? columns - 1 : column + 1 });
    case 'ArrowLeft':
      return ({ row, column }) => ({ row, column: isFar ? 0 : column - 1 });
    case 'PageDown':
      return ({ row, column }) => ({ row: row + pageOfRows, column });
    case 'PageUp':
      return ({ row, column }) => ({ row: row - pageOfRows, column });
    case 'Home':
      return ({ row }) => ({ row: isFar ? 0 : row, column: 0 });
    case 'End':
      return ({ row }) => ({ row: isFar ? rows - 1 : row, column: columns - 1 });
    default:
      return undefined;
  }
}

function clamp(value: number, last: number): number {
  return Math.max(0, Math.min(last, value));
}

/** Scrolls sideways until a column is in view, beside the row numbers that stay. */
function showColumn(element: HTMLElement | null, widths: readonly number[], column: number): void {
  if (element === null) return;
  const left = widths.slice(0, column).reduce((sum, width) => sum + width, 0);
  const right = left + (widths[column] ?? 0) + columnWidths.rowNumber;
  if (element.scrollLeft > left) element.scrollLeft = left;
  else if (right > element.scrollLeft + element.clientWidth) element.scrollLeft = right - element.clientWidth;
}
