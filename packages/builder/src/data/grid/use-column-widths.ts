import { useCallback, useMemo } from 'react';
import { useLocalStorage } from '@mantine/hooks';
import { columnWidths, defaultWidth, type GridColumn } from './grid-column.ts';

/** Widths of the columns, remembered in this browser under `storageKey`. */
export function useColumnWidths(columns: readonly GridColumn[], storageKey: string) {
  const [own, setOwn] = useLocalStorage<Readonly<Record<string, number>>>({
    key: `fettle-columns-${storageKey}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const widths = useMemo(() => columns.map((column) => own[column.id] ?? defaultWidth(column)), [columns, own]);
  const setWidth = useCallback(
    (id: string, width: number | undefined) =>
      setOwn((before) => {
        const { [id]: _, ...rest } = before;
        if (width === undefined) return rest;
        return { ...rest, [id]: Math.round(Math.max(columnWidths.least, Math.min(columnWidths.most, width))) };
      }),
    [setOwn],
  );
  return { widths, setWidth };
}
