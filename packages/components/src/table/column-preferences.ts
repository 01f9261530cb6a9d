import type { TableColumn } from './table-column.ts';

/** What a person arranged about the columns of one table. Holds column ids only, never data. */
export interface ColumnPreferences {
  /** Column ids in the person's order; columns not named keep their place after their neighbour. */
  readonly order: readonly string[];
  /** Column id → shown or not, where it differs from the builder's choice. */
  readonly shown: Readonly<Record<string, boolean>>;
  /** Column id → width in pixels. */
  readonly widths: Readonly<Record<string, number>>;
}

/** Nothing arranged. */
export const noPreferences: ColumnPreferences = { order: [], shown: {}, widths: {} };

/** The columns as the person arranged them, hidden ones included. */
export function arrangeColumns(
  columns: readonly TableColumn[],
  preferences: ColumnPreferences,
): readonly TableColumn[] {
  const arranged = columns.map((column): TableColumn => {
    const width = preferences.widths[column.id] ?? column.width;
    const isShown = preferences.shown[column.id] ?? !column.isHidden;
    return { ...column, isHidden: !isShown, ...(width === undefined ? {} : { width }) };
  });
  const rank = (id: string): number => preferences.order.indexOf(id);
  const ordered = arranged.filter((column) => rank(column.id) !== -1).sort((a, b) => rank(a.id) - rank(b.id));
  for (const [index, column] of arranged.entries()) {
    if (rank(column.id) !== -1) continue;
    const before = arranged[index - 1];
    const place = before === undefined ? -1 : ordered.findIndex((candidate) => candidate.id === before.id);
    ordered.splice(place + 1, 0, column);
  }
  return ordered;
}

/** The order after moving a column by `offset` places. */
export function moveColumn(columns: readonly TableColumn[], id: string, offset: number): readonly string[] {
  const ids = columns.map((column) => column.id);
  const from = ids.indexOf(id);
  const to = Math.min(Math.max(from + offset, 0), ids.length - 1);
  if (from === -1) return ids;
  ids.splice(from, 1);
  ids.splice(to, 0, id);
  return ids;
}

/** Where the preferences of a table are kept: per app, path of the screen and component. */
export function preferencesKey(component: string, path: string): string {
  // Route parameters are data: digits and long ids in the path are left out so that none is stored.
  const place = path
    .split('/')
    .map((part) => (/\d/.test(part) ? '*' : part))
    .join('/');
  return `fettle:columns:${place}:${component}`;
}

/** Reads preferences; whatever cannot be read counts as none. */
export function loadPreferences(key: string): ColumnPreferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return noPreferences;
    const { order, shown, widths } = stored as Readonly<Record<string, unknown>>;
    return {
      order: Array.isArray(order) ? order.filter((id): id is string => typeof id === 'string') : [],
      shown: recordOf(shown, (value): value is boolean => typeof value === 'boolean'),
      widths: recordOf(widths, (value): value is number => typeof value === 'number' && value >= 40 && value <= 2000),
    };
  } catch {
    return noPreferences;
  }
}

function recordOf<T>(input: unknown, isValue: (value: unknown) => value is T): Readonly<Record<string, T>> {
  if (typeof input !== 'object' || input === null) return {};
  return Object.fromEntries(Object.entries(input).filter((entry): entry is [string, T] => isValue(entry[1])));
}

/** Keeps preferences. A browser that refuses storage just forgets them. */
export function savePreferences(key: string, preferences: ColumnPreferences): void {
  try {
    if (preferences === noPreferences) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // Private windows and full storage: the arrangement lasts as long as the page.
  }
}
