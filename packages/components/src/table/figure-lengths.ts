import { useRef } from 'react';
import { useHost } from '@fettle/sdk/react';
import { cellText } from './cell-content.tsx';
import type { KnownRow } from './row-selection.ts';
import type { TableColumn } from './table-column.ts';

/** Formats whose values mislead when their end is cut off. */
export const figureFormats: ReadonlySet<string> = new Set(['number', 'currency', 'percent']);

const none: ReadonlyMap<string, number> = new Map();

/** Column id → letters of its longest figure among the rows seen so far: while people page, no column gets narrower. */
export function useFigureLengths(
  columns: readonly TableColumn[],
  rows: readonly KnownRow[],
): ReadonlyMap<string, number> {
  const host = useHost();
  const known = useRef(none);
  const seen = useRef<{ readonly columns: unknown; readonly rows: unknown } | undefined>(undefined);
  if (seen.current?.columns === columns && seen.current.rows === rows) return known.current;
  seen.current = { columns, rows };
  const next = new Map(known.current);
  for (const column of columns) {
    if (!figureFormats.has(column.format)) continue;
    for (const { row } of rows) {
      const letters = cellText(column, row, host).length;
      if (letters > (next.get(column.id) ?? 0)) next.set(column.id, letters);
    }
  }
  const isSame = [...next].every(([id, letters]) => known.current.get(id) === letters);
  if (!isSame) known.current = next;
  return known.current;
}
