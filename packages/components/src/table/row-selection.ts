import type { Row } from '@fettle/sdk';

/** A row with the id that selection and editing know it by. */
export interface KnownRow {
  readonly id: string;
  readonly row: Row;
}

/** Selected rows by id. Rows of other pages stay selected. */
export type Selection = ReadonlyMap<string, Row>;

/** Nothing selected. */
export const noSelection: Selection = new Map();

/** The selection after a row was chosen: toggled, or a range from the row chosen before. */
export function selectRow(
  selection: Selection,
  rows: readonly KnownRow[],
  choice: {
    readonly index: number;
    readonly anchor: number | undefined;
    readonly isRange: boolean;
    readonly isSingle: boolean;
  },
): Selection {
  const chosen = rows[choice.index];
  if (chosen === undefined) return selection;
  if (choice.isSingle) return selection.has(chosen.id) ? noSelection : new Map([[chosen.id, chosen.row]]);
  const next = new Map(selection);
  if (choice.isRange && choice.anchor !== undefined) {
    const [from, to] = [Math.min(choice.anchor, choice.index), Math.max(choice.anchor, choice.index)];
    for (const { id, row } of rows.slice(from, to + 1)) next.set(id, row);
    return next;
  }
  if (next.has(chosen.id)) next.delete(chosen.id);
  else next.set(chosen.id, chosen.row);
  return next;
}

/** All rows of the page selected, or, when they are already, none of them. */
export function selectPage(selection: Selection, rows: readonly KnownRow[]): Selection {
  const next = new Map(selection);
  const isAll = rows.every(({ id }) => selection.has(id));
  for (const { id, row } of rows) {
    if (isAll) next.delete(id);
    else next.set(id, row);
  }
  return next;
}

/** The selection with the rows as they are now. The same object when none changed. */
export function renewSelection(selection: Selection, rows: readonly KnownRow[]): Selection {
  const changed = rows.filter(({ id, row }) => selection.has(id) && selection.get(id) !== row);
  return changed.length === 0
    ? selection
    : new Map([...selection, ...changed.map(({ id, row }): [string, Row] => [id, row])]);
}
