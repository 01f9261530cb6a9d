import { useEffect, useRef, useState } from 'react';
import type { Row } from '@fettle/sdk';
import { useHost } from '@fettle/sdk/react';
import type { TableSettings } from './manifest.ts';
import { noSelection, renewSelection, selectPage, selectRow, type KnownRow, type Selection } from './row-selection.ts';

// A double click edits a cell; until it is certain that no second click follows, a row click waits this long.
const doubleClickMs = 240;

/** Which rows are selected and which one was clicked, with the events that follow. */
export interface RowChoice {
  readonly selected: Selection;
  readonly current: KnownRow | undefined;
  open(index: number): void;
  click(index: number, mayBeDouble: boolean): void;
  cancelClick(): void;
  toggle(index: number, isRange: boolean): void;
  togglePage(): void;
  clear(): void;
  act(action: string, row: Row): void;
}

/** See {@link RowChoice}. */
export function useRowChoice(options: {
  readonly settings: TableSettings;
  readonly rows: readonly KnownRow[];
}): RowChoice {
  const { settings, rows } = options;
  const host = useHost();
  const [selected, setSelected] = useState<Selection>(noSelection);
  const [currentId, setCurrentId] = useState<string | undefined>();
  const lastCurrent = useRef<KnownRow | undefined>(undefined);
  const anchor = useRef<number | undefined>(undefined);
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => setSelected((before) => renewSelection(before, rows)), [rows]);
  useEffect(() => () => clearTimeout(waiting.current), []);

  const found = rows.find(({ id }) => id === currentId);
  if (found !== undefined) lastCurrent.current = found;
  const change = (next: Selection): void => {
    setSelected(next);
    if (host.mode === 'run') void host.emit('selectionChange', { rows: [...next.values()] });
  };
  const open = (index: number): void => {
    const known = rows[index];
    if (known === undefined || host.mode === 'design') return;
    setCurrentId(known.id);
    lastCurrent.current = known;
    void host.emit('rowClick', { row: known.row });
  };
  return {
    selected,
    current: currentId === undefined ? undefined : (found ?? lastCurrent.current),
    open,
    click: (index, mayBeDouble) => {
      clearTimeout(waiting.current);
      const known = rows[index];
      if (known === undefined || host.mode === 'design') return;
      setCurrentId(known.id);
      if (settings.selection === 'single' && !selected.has(known.id)) change(new Map([[known.id, known.row]]));
      if (mayBeDouble && host.hasEvent('rowClick')) waiting.current = setTimeout(() => open(index), doubleClickMs);
      else open(index);
    },
    cancelClick: () => clearTimeout(waiting.current),
    toggle: (index, isRange) => {
      if (settings.selection === 'none' || host.mode === 'design') return;
      change(
        selectRow(selected, rows, {
          index,
          anchor: anchor.current,
          isRange,
          isSingle: settings.selection === 'single',
        }),
      );
      anchor.current = index;
    },
    togglePage: () => change(selectPage(selected, rows)),
    clear: () => {
      anchor.current = undefined;
      setCurrentId(undefined);
      lastCurrent.current = undefined;
      if (selected.size > 0) change(noSelection);
    },
    act: (action, row) => {
      if (host.mode === 'run') void host.emit('rowAction', { action, row });
    },
  };
}
