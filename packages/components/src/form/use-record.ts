import { useEffect, useRef, useState } from 'react';
import type { Json } from '@fettle/base';
import { decodeRowKey, type Row, type RowKey, type TableDescription } from '@fettle/sdk';
import { useHost, type TablePlace } from '@fettle/sdk/react';

/** The row that a form changes or shows. */
export interface RecordState {
  readonly status: 'none' | 'waiting' | 'loading' | 'ready' | 'missing' | 'failed';
  readonly row: Row | undefined;
  readonly key: RowKey | undefined;
  readonly error: Error | undefined;
  reload(): void;
}

/** The key that a setting gives: the value of a single key column, a composite key as text, or an object. */
export function toRowKey(table: TableDescription, value: unknown): RowKey | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (typeof value === 'object') {
    const given = value as Readonly<Record<string, Json | undefined>>;
    const entries = table.primaryKey.map((column) => [column, given[column]] as const);
    return entries.length === 0 || entries.some(([, part]) => part === undefined)
      ? undefined
      : (Object.fromEntries(entries) as RowKey);
  }
  return decodeRowKey(table.primaryKey, String(value));
}

/** Loads the row and keeps it fresh: `onRow` hears of every version, also of those that others made. */
export function useRecord(options: {
  readonly place: TablePlace | undefined;
  readonly table: TableDescription | undefined;
  readonly isNeeded: boolean;
  readonly recordKey: unknown;
  readonly columns: readonly string[];
  readonly onRow: (row: Row, isFirst: boolean) => void;
}): RecordState {
  const { place, table, isNeeded } = options;
  const { data } = useHost();
  const [state, setState] = useState<Pick<RecordState, 'status' | 'row' | 'error'>>({
    status: 'loading',
    row: undefined,
    error: undefined,
  });
  const [turn, setTurn] = useState(0);
  const key = table === undefined || !isNeeded ? undefined : toRowKey(table, options.recordKey);
  const asked = key === undefined ? undefined : JSON.stringify([place, key, options.columns]);
  const shown = useRef<string | undefined>(undefined);
  const onRow = useRef(options.onRow);
  onRow.current = options.onRow;

  useEffect(() => {
    if (asked === undefined || key === undefined || place === undefined) {
      shown.current = undefined;
      return undefined;
    }
    const control = new AbortController();
    const isFirst = shown.current !== asked;
    if (isFirst) setState({ status: 'loading', row: undefined, error: undefined });
    data
      .read(place, key, { columns: options.columns }, control.signal)
      .then((row) => {
        if (control.signal.aborted) return;
        if (row === undefined) return setState({ status: 'missing', row: undefined, error: undefined });
        shown.current = asked;
        onRow.current(row, isFirst);
        setState({ status: 'ready', row, error: undefined });
      })
      .catch((error: unknown) => {
        if (control.signal.aborted) return;
        const reason = error instanceof Error ? error : new TypeError(String(error));
        setState((before) => ({ ...before, status: before.row === undefined ? 'failed' : 'ready', error: reason }));
      });
    const stop = data.onChange(place, () => setTurn((value) => value + 1));
    return () => {
      control.abort();
      stop();
    };
  }, [data, asked, turn]);

  const idle = !isNeeded ? 'none' : 'waiting';
  return {
    ...(asked === undefined ? { status: idle, row: undefined, error: undefined } : state),
    key,
    reload: () => setTurn((value) => value + 1),
  };
}
