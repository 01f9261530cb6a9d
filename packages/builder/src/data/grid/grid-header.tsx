import { useRef, useState, type PointerEvent } from 'react';
import { Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconKey } from '@tabler/icons-react';
import type { Sort } from '@fettle/access';
import { ColumnIcon, typeTitle } from './column-icon.tsx';
import type { GridColumn } from './grid-column.ts';
import styles from './data-grid.module.css';

interface HeaderProps {
  readonly columns: readonly GridColumn[];
  readonly widths: readonly number[];
  readonly template: string;
  readonly sort: readonly Sort[];
  readonly onSort: ((column: string, isAdded: boolean) => void) | undefined;
  readonly onWidth: (id: string, width: number | undefined) => void;
}

/** The head of the grid: types, sorting, widths. It stays in view. */
export function GridHeader({ columns, widths, template, sort, onSort, onWidth }: HeaderProps) {
  return (
    <div className={styles['header']} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
      <div className={styles['rowNumber']} role="columnheader" aria-label="Row" aria-colindex={1} />
      {columns.map((column, index) => (
        <HeadCell
          key={column.id}
          column={column}
          columnIndex={index + 2}
          width={widths[index] ?? 0}
          direction={sort.find((entry) => entry.column === column.id)?.direction}
          rank={sort.length > 1 ? sort.findIndex((entry) => entry.column === column.id) + 1 : 0}
          onSort={onSort}
          onWidth={onWidth}
        />
      ))}
    </div>
  );
}

interface HeadCellProps {
  readonly column: GridColumn;
  readonly columnIndex: number;
  readonly width: number;
  readonly direction: Sort['direction'] | undefined;
  readonly rank: number;
  readonly onSort: HeaderProps['onSort'];
  readonly onWidth: HeaderProps['onWidth'];
}

function HeadCell({ column, columnIndex, width, direction, rank, onSort, onWidth }: HeadCellProps) {
  const canSort = onSort !== undefined && column.isSortable !== false;
  const hint = [
    typeTitle(column.type, column.meaning),
    column.hint,
    canSort ? 'Click to sort, Shift-click to sort by several' : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
  return (
    <div
      className={styles['headCell']}
      role="columnheader"
      aria-colindex={columnIndex}
      aria-sort={direction ?? (canSort ? 'none' : undefined)}
      onKeyDown={(event) => {
        if (!event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
        event.preventDefault();
        event.stopPropagation();
        onWidth(column.id, width + (event.key === 'ArrowRight' ? 20 : -20));
      }}
    >
      <Tooltip label={hint} openDelay={600}>
        <button
          type="button"
          className={styles['headButton']}
          disabled={!canSort}
          onClick={(event) => onSort?.(column.id, event.shiftKey)}
        >
          <span className={styles['headIcon']}>
            {column.isKey === true ? (
              <IconKey size={14} aria-label="Key" />
            ) : (
              <ColumnIcon type={column.type} meaning={column.meaning} />
            )}
          </span>
          <span className={styles['headTitle']}>{column.title}</span>
          {direction === 'ascending' && <IconArrowUp size={12} aria-hidden="true" />}
          {direction === 'descending' && <IconArrowDown size={12} aria-hidden="true" />}
          {rank > 0 && <span>{rank}</span>}
        </button>
      </Tooltip>
      <Resizer width={width} onWidth={(next) => onWidth(column.id, next)} />
    </div>
  );
}

/** Drag to change the width; double click for the usual one. By keyboard: Alt with the arrows on the column's head. */
function Resizer({
  width,
  onWidth,
}: {
  readonly width: number;
  readonly onWidth: (width: number | undefined) => void;
}) {
  const start = useRef<{ readonly x: number; readonly width: number }>(undefined);
  const [isActive, setIsActive] = useState(false);
  const move = (event: PointerEvent): void => {
    if (start.current !== undefined) onWidth(start.current.width + event.clientX - start.current.x);
  };
  const end = (): void => {
    start.current = undefined;
    setIsActive(false);
  };
  return (
    <div
      className={styles['resizer']}
      aria-hidden="true"
      {...(isActive ? { 'data-active': true } : {})}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width };
        setIsActive(true);
      }}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onWidth(undefined)}
    />
  );
}
