import { memo, type ReactNode } from 'react';
import type { Row } from '@fettle/sdk';
import { cellText } from './cell-text.ts';
import type { GridColumn } from './grid-column.ts';
import styles from './data-grid.module.css';

interface RowProps {
  readonly id: string;
  readonly row: Row;
  readonly index: number;
  readonly number: number;
  readonly top: number;
  readonly template: string;
  readonly columns: readonly GridColumn[];
  readonly activeColumn: number | undefined;
  readonly isSelected: boolean;
  readonly canOpen: boolean;
  readonly onActivate: (row: number, column: number) => void;
  readonly onOpen: (row: number) => void;
}

/** One row. It renders again only when something of it changes. */
export const GridRow = memo(function GridRow(props: RowProps) {
  const { row, index, columns } = props;
  return (
    <div
      className={styles['row']}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.isSelected}
      style={{ transform: `translateY(${props.top}px)`, gridTemplateColumns: props.template }}
    >
      <div className={styles['rowNumber']} role="rowheader" aria-colindex={1}>
        {props.canOpen ? (
          <button
            type="button"
            tabIndex={-1}
            className={styles['open']}
            aria-label={`Open row ${props.number}`}
            onClick={() => props.onOpen(index)}
          >
            {props.number}
          </button>
        ) : (
          props.number
        )}
      </div>
      {columns.map((column, at) => (
        <Cell key={column.id} {...props} column={column} at={at} value={column.render?.(row)} />
      ))}
    </div>
  );
});

function Cell(
  props: RowProps & { readonly column: GridColumn; readonly at: number; readonly value: ReactNode | undefined },
) {
  const { column, at, index, row } = props;
  const shown = props.value === undefined ? cellText(row[column.id], column) : undefined;
  const look = shown === undefined || shown.look === 'plain' ? '' : (styles[shown.look] ?? '');
  const isNumeric = column.type === 'integer' || column.type === 'decimal' || column.type === 'number';
  return (
    <div
      id={`${props.id}-${index}-${at}`}
      role="gridcell"
      aria-colindex={at + 2}
      className={`${styles['cell'] ?? ''} ${look} ${isNumeric && shown !== undefined ? (styles['number'] ?? '') : ''}`}
      title={shown?.title}
      {...(props.activeColumn === at ? { 'data-active': true } : {})}
      onClick={() => props.onActivate(index, at)}
      onDoubleClick={() => props.onOpen(index)}
    >
      {shown === undefined ? props.value : <span className={styles['text']}>{shown.text}</span>}
    </div>
  );
}
