import { describe, expect, it } from 'vitest';
import { layoutGrid } from './grid-layout.ts';
import type { TableColumn } from './table-column.ts';

const amount = {
  id: 'amount',
  label: 'Amount',
  kind: 'decimal',
  format: 'number',
  align: 'end',
  isHidden: false,
  isEditable: false,
  isSortable: true,
  useGrouping: true,
} as TableColumn;
const widthFor = (letters: number): number =>
  layoutGrid([amount], { hasSelection: false, actions: [], figures: new Map([['amount', letters]]) }).minWidth;

describe('widths of columns', () => {
  it('give every figure the room it needs, within reason', () => {
    expect(widthFor(4)).toBe(104);
    expect(widthFor('1,370,000.00'.length)).toBeGreaterThanOrEqual(12 * 8 + 24);
    expect(widthFor(500)).toBe(widthFor(32));
  });
});
