import type { ColumnDescription, Row, TableDescription } from '@fettle/sdk';
import { relationOfColumn, valueKindOf, type ValueKind } from '../inputs/value-kind.ts';
import { isDateText, isInstantText, isLocalDateTimeText } from '../inputs/date-text.ts';
import type { ColumnSetting } from './manifest.ts';
import { buildColumn, type TableColumn, type TableLookup } from './table-column.ts';

// More columns than this start hidden: a table nobody can take in helps nobody.
const shownAtFirst = 9;

/** The columns of the grid: those of the settings, or derived from the table, or from the rows themselves. */
export function resolveColumns(options: {
  readonly settings: readonly ColumnSetting[];
  readonly table: TableDescription | undefined;
  readonly rows: readonly Row[];
  readonly lookup: TableLookup;
}): readonly TableColumn[] {
  const { settings, table, rows, lookup } = options;
  const isDerived = settings.length === 0;
  const wanted = isDerived ? (table === undefined ? namesOf(rows) : deriveFromTable(table, lookup)) : settings;
  return wanted
    .filter((setting) => setting.visible !== false)
    .flatMap((setting) => {
      const guessedKind =
        table === undefined && setting.column !== undefined ? guessKind(rows, setting.column) : undefined;
      return buildColumn({ setting, table, lookup, ...(guessedKind === undefined ? {} : { guessedKind }) }) ?? [];
    });
}

/** Column settings for a table nobody has configured: what names a row first, bulky and technical columns hidden. */
export function deriveFromTable(table: TableDescription, lookup: TableLookup): readonly ColumnSetting[] {
  const ranked = table.columns
    .filter((column) => column.type !== 'binary')
    .map((column, index) => ({ column, rank: rankOf(table, column) * 1000 + index }))
    .sort((a, b) => a.rank - b.rank);
  let shown = 0;
  return ranked.map(({ column }) => {
    const isHidden = isBulky(column) || isPlainKey(table, column) || shown >= shownAtFirst;
    if (!isHidden) shown += 1;
    const path = labelPath(table, column.name, lookup) ?? column.name;
    return { id: path, column: path, ...(isHidden ? { hidden: true } : {}) };
  });
}

function rankOf(table: TableDescription, column: ColumnDescription): number {
  if (table.labelColumn === undefined && table.primaryKey.includes(column.name)) return 0;
  if (column.name === table.labelColumn) return 1;
  const late = ['createdAt', 'createdBy', 'updatedAt', 'updatedBy'];
  return column.meaning !== undefined && late.includes(column.meaning) ? 3 : 2;
}

function isBulky(column: ColumnDescription): boolean {
  const kind = valueKindOf(column);
  return kind === 'longText' || kind === 'json' || kind === 'list' || kind === 'opaque' || column.type === 'uuid';
}

// A generated key says nothing to people when another column names the row.
function isPlainKey(table: TableDescription, column: ColumnDescription): boolean {
  return (
    table.labelColumn !== undefined &&
    table.labelColumn !== column.name &&
    table.primaryKey.includes(column.name) &&
    relationOfColumn(table, column.name) === undefined
  );
}

/** `album.title` for a column that holds the key of an album, when the person may see albums. */
export function labelPath(table: TableDescription, column: string, lookup: TableLookup): string | undefined {
  const relation = relationOfColumn(table, column);
  if (relation === undefined) return undefined;
  const label = lookup(relation.table)?.labelColumn;
  return label === undefined ? undefined : `${relation.name}.${label}`;
}

function namesOf(rows: readonly Row[]): readonly ColumnSetting[] {
  const names = new Set(rows.slice(0, 50).flatMap((row) => Object.keys(row)));
  return [...names].map((name) => ({ id: name, column: name }));
}

function guessKind(rows: readonly Row[], name: string): ValueKind {
  const values = rows
    .slice(0, 50)
    .map((row) => row[name])
    .filter((value) => value !== null && value !== undefined);
  const every = (test: (value: unknown) => boolean): boolean => values.length > 0 && values.every(test);
  const everyText = (test: (text: string) => boolean): boolean =>
    every((value) => typeof value === 'string' && test(value));
  if (every((value) => typeof value === 'number')) return 'number';
  if (every((value) => typeof value === 'boolean')) return 'boolean';
  if (everyText(isDateText)) return 'date';
  if (everyText(isInstantText)) return 'timestamp';
  if (everyText(isLocalDateTimeText)) return 'datetime';
  if (values.some((value) => typeof value === 'object')) return 'json';
  return 'text';
}
