import { useRef } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { isNumericType, type ResultTable } from './result-table.ts';
import styles from './dock.module.css';

const rowHeight = 26;

/** The rows of a result: only those in view are drawn. */
export function ResultGrid({ table }: { readonly table: ResultTable }) {
  const { columns, rows } = table;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  return (
    <div
      ref={scroller}
      className={styles['grid']}
      tabIndex={0}
      role="table"
      aria-label="Result"
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
    >
      <div className={styles['headRow']} role="row" aria-rowindex={1}>
        {columns.map(({ name, type }) => (
          <div key={name} className={styles['cell']} role="columnheader" title={`${name}: ${type}`}>
            {name}
            <span className={styles['type']}>{type}</span>
          </div>
        ))}
      </div>
      <div
        style={{ position: 'relative', height: virtual.getTotalSize(), minWidth: columns.length * 160 }}
        role="rowgroup"
      >
        {virtual.getVirtualItems().map(({ index, start }) => (
          <div key={index} className={styles['gridRow']} role="row" aria-rowindex={index + 2} style={{ top: start }}>
            {columns.map(({ name, type }) => (
              <Cell key={name} value={rows[index]?.[name]} type={type} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function Cell({ value, type }: { readonly value: unknown; readonly type: string }) {
  const text =
    value === null || value === undefined ? 'null' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const isNull = value === null || value === undefined;
  return (
    <div className={styles['cell']} role="cell" title={text} data-numeric={isNumericType(type) ? '' : undefined}>
      {isNull ? <span className={styles['null']}>null</span> : text}
    </div>
  );
}
