import type { RowAction } from './manifest.ts';
import type { TableColumn } from './table-column.ts';

/** Widths in pixels of the parts of a grid that are not columns of the data. */
export const selectionWidth = 40;
const narrowest = 88;
/** Letters of a figure that still get the room they need. */
const longestFigure = 32;

/** CSS widths of the grid: one value for all rows, so that their cells line up. */
export interface GridLayout {
  readonly template: string;
  readonly minWidth: number;
}

/** Widths of a column before anybody resized it: free text gets the room that figures and fixed words do not need. */
function share(column: TableColumn, letters: number): { readonly min: number; readonly part: number } {
  if (column.format === 'datetime') return { min: 196, part: 1 };
  if (column.format === 'date') return { min: 116, part: 1 };
  if (['boolean', 'number', 'currency', 'percent', 'time'].includes(column.format)) {
    return { min: Math.max(column.useGrouping ? 104 : 76, Math.min(letters, longestFigure) * 8 + 26), part: 1 };
  }
  if (column.format === 'badge') return { min: 112, part: 1 };
  if (column.relation !== undefined) return { min: 128, part: 2 };
  return column.format === 'longText' ? { min: 180, part: 4 } : { min: 176, part: 4 };
}

/** See {@link GridLayout}. */
export function layoutGrid(
  columns: readonly TableColumn[],
  parts: {
    readonly hasSelection: boolean;
    readonly actions: readonly RowAction[];
    /** Column id → letters of its longest figure. */
    readonly figures: ReadonlyMap<string, number>;
  },
): GridLayout {
  const widths = columns.map((column) => {
    if (column.width !== undefined) return { css: `${column.width}px`, min: column.width };
    const { min, part } = share(column, parts.figures.get(column.id) ?? 0);
    return { css: `minmax(${min}px, ${part}fr)`, min };
  });
  const actions = parts.actions.length === 0 ? 0 : actionsWidth(parts.actions);
  const isFixed = columns.every((column) => column.width !== undefined);
  const tracks = [
    ...(parts.hasSelection ? [`${selectionWidth}px`] : []),
    ...widths.map((width) => width.css),
    ...(isFixed && actions === 0 ? ['minmax(0, 1fr)'] : []),
    ...(actions === 0 ? [] : [isFixed ? `minmax(${actions}px, 1fr)` : `${actions}px`]),
  ];
  const minWidth =
    widths.reduce((sum, width) => sum + width.min, 0) + actions + (parts.hasSelection ? selectionWidth : 0);
  return { template: tracks.join(' '), minWidth };
}

function actionsWidth(actions: readonly RowAction[]): number {
  const letters = actions.reduce((sum, action) => sum + action.label.length, 0);
  return Math.max(narrowest, letters * 7 + actions.length * 24 + 16);
}
