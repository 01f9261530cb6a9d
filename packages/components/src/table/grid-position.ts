/** A cell of the grid. Row -1 is the header. */
export interface GridPosition {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell. Undefined when the key does not move. */
export function movePosition(
  from: GridPosition,
  key: string,
  grid: {
    readonly rows: number;
    readonly columns: number;
    readonly pageRows: number;
    readonly isControl: boolean;
    readonly isRightToLeft: boolean;
  },
): GridPosition | undefined {
  const forward = grid.isRightToLeft ? 'ArrowLeft' : 'ArrowRight';
  const backward = grid.isRightToLeft ? 'ArrowRight' : 'ArrowLeft';
  const to = (row: number, column: number): GridPosition => ({
    row: Math.min(Math.max(row, -1), grid.rows - 1),
    column: Math.min(Math.max(column, 0), grid.columns - 1),
  });
  switch (key) {
    case 'ArrowDown':
      return to(grid.isControl ? grid.rows - 1 : from.row + 1, from.column);
    case 'ArrowUp':
      return to(grid.isControl ? 0 : from.row - 1, from.column);
    case forward:
      return to(from.row, grid.isControl ? grid.columns - 1 : from.column + 1);
    case backward:
      return to(from.row, grid.isControl ? 0 : from.column - 1);
    case 'Home':
      return to(grid.isControl ? 0 : from.row, 0);
    case 'End':
      return to(grid.isControl ? grid.rows - 1 : from.row, grid.columns - 1);
    case 'PageDown':
      return to(from.row + grid.pageRows, from.column);
    case 'PageUp':
      return to(Math.max(from.row - grid.pageRows, 0), from.column);
    default:
      return undefined;
  }
}
