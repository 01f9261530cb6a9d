import { useState } from 'react';
import { useHost } from '@fettle/sdk/react';
import {
  loadPreferences,
  noPreferences,
  preferencesKey,
  savePreferences,
  type ColumnPreferences,
} from './column-preferences.ts';
import type { TableColumn } from './table-column.ts';

/** The person's arrangement of the columns, kept in this browser. On the canvas nothing is kept. */
export function useColumnPreferences(): {
  readonly value: ColumnPreferences;
  set(value: ColumnPreferences): void;
  resize(id: string, width: number | undefined): void;
  move(all: readonly TableColumn[], shown: readonly TableColumn[], id: string, offset: number): void;
} {
  const host = useHost();
  // On the server nothing is known of what this browser keeps.
  const isBrowser = typeof window !== 'undefined';
  const key = preferencesKey(host.id, isBrowser ? window.location.pathname : '');
  const isKept = host.mode === 'run' && isBrowser;
  const [value, setValue] = useState<ColumnPreferences>(() => (isKept ? loadPreferences(key) : noPreferences));
  const set = (next: ColumnPreferences): void => {
    setValue(next);
    if (isKept) savePreferences(key, next);
  };
  return {
    value,
    set,
    resize: (id, width) => {
      const { [id]: _before, ...others } = value.widths;
      const widths =
        width === undefined ? others : { ...others, [id]: Math.round(Math.min(Math.max(width, 56), 1200)) };
      set({ ...value, widths });
    },
    move: (all, shown, id, offset) => {
      const neighbour = shown[shown.findIndex((column) => column.id === id) + offset];
      const order = all.map((column) => column.id).filter((other) => other !== id);
      const place = neighbour === undefined ? order.length : order.indexOf(neighbour.id) + (offset > 0 ? 1 : 0);
      order.splice(place, 0, id);
      set({ ...value, order });
    },
  };
}
