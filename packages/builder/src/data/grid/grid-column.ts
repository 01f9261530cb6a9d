import type { ReactNode } from 'react';
import type { ColumnMeaning, ColumnType, Row } from '@fettle/sdk';

/** A column of the grid. */
export interface GridColumn {
  /** The name under which rows hold the value. */
  readonly id: string;
  readonly title: string;
  readonly type: ColumnType;
  readonly meaning?: ColumnMeaning | undefined;
  readonly isKey?: boolean;
  readonly isSortable?: boolean;
  /** Shows something else than the value, e.g. a link to a related row. Undefined: the value. */
  readonly render?: (row: Row) => ReactNode | undefined;
  readonly hint?: string;
}

/** Limits of a column's width in pixels. */
export const columnWidths = { least: 60, most: 800, rowNumber: 52 } as const;

/** The width a column has before anybody changes it. */
export function defaultWidth(column: GridColumn): number {
  if (column.render !== undefined) return 180;
  switch (column.type) {
    case 'boolean':
      return 90;
    case 'integer':
    case 'decimal':
    case 'number':
    case 'date':
    case 'time':
      return 120;
    case 'timestamp':
    case 'datetime':
      return 170;
    case 'uuid':
    case 'longText':
    case 'json':
      return 260;
    default:
      return Math.max(160, Math.min(260, column.title.length * 9 + 60));
  }
}
