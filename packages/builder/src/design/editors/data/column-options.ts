import { isJsonObject, labelFromName } from '@fettle/base';
import type { ColumnDescription, ColumnType, SchemaDescription, TableDescription } from '@fettle/sdk';

/** A column that a setting can name. */
export interface ColumnOption {
  /** `title`, or `album.title` for a column of a related row. */
  readonly value: string;
  readonly label: string;
  readonly type: ColumnType;
  /** The relation it is read through. */
  readonly relation?: string;
  readonly column?: ColumnDescription;
}

/** The columns of a table, then those of the rows it links to (one step, to-one relations). */
export function tableColumnOptions(
  table: TableDescription | undefined,
  schema: SchemaDescription | undefined,
): readonly ColumnOption[] {
  if (table === undefined) return [];
  const own = table.columns.map((column) => toOption(column));
  const related = table.relations
    .filter((relation) => relation.kind === 'one')
    .flatMap((relation) => {
      const other = schema?.tables.find(({ id }) => id === relation.table);
      return (other?.columns ?? []).map((column) => toOption(column, relation.name));
    });
  return [...own, ...related];
}

/** Rows of another table that the rows of a table are linked to. */
export interface RelationOption {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly ColumnOption[];
  /** Relations of the related rows themselves. */
  readonly relations: () => readonly RelationOption[];
}

/** The relations of a table, to one row and to many. */
export function relationOptions(
  table: TableDescription | undefined,
  schema: SchemaDescription | undefined,
): readonly RelationOption[] {
  return (table?.relations ?? []).flatMap((relation) => {
    const other = schema?.tables.find(({ id }) => id === relation.table);
    if (other === undefined) return [];
    return {
      name: relation.name,
      label: labelFromName(relation.name),
      columns: tableColumnOptions(other, schema),
      relations: () => relationOptions(other, schema),
    };
  });
}

function toOption(column: ColumnDescription, relation?: string): ColumnOption {
  const { name, type } = column;
  return relation === undefined
    ? { value: name, label: name, type, column }
    : { value: `${relation}.${name}`, label: `${relation}.${name}`, type, relation, column };
}

/** The columns of a query's last result. */
export function resultColumnOptions(
  result: readonly { readonly name: string; readonly type: string }[] | undefined,
): readonly ColumnOption[] {
  return (result ?? []).map(({ name, type }) => ({ value: name, label: name, type: type as ColumnType }));
}

/** The columns of rows that are known only as values: those of the first few. */
export function rowColumnOptions(rows: unknown): readonly ColumnOption[] {
  if (!Array.isArray(rows)) return [];
  const found = new Map<string, ColumnType>();
  for (const row of rows.slice(0, 20) as unknown[]) {
    if (!isJsonObject(row)) continue;
    for (const [name, value] of Object.entries(row)) {
      if (!found.has(name) || found.get(name) === 'unknown') found.set(name, typeOf(value));
    }
  }
  return [...found].map(([value, type]) => ({ value, label: value, type }));
}

function typeOf(value: unknown): ColumnType {
  if (value === null || value === undefined) return 'unknown';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'object' ? 'json' : 'text';
}

/** Only the options of the given column types; all when none are given. */
export function ofTypes(
  options: readonly ColumnOption[],
  types: readonly string[] | undefined,
): readonly ColumnOption[] {
  return types === undefined || types.length === 0 ? options : options.filter(({ type }) => types.includes(type));
}

/** Options grouped for a select: own columns first, then one group per relation. A chosen value that is unknown stays visible. */
export function groupColumnOptions(
  options: readonly ColumnOption[],
  chosen: readonly string[],
): { readonly group: string; readonly items: { readonly value: string; readonly label: string }[] }[] {
  const groups = new Map<string, { value: string; label: string }[]>();
  for (const { value, label, relation } of options) {
    const group = relation === undefined ? 'Columns' : labelFromName(relation);
    groups.set(group, [...(groups.get(group) ?? []), { value, label }]);
  }
  const unknown = chosen.filter((value) => value !== '' && !options.some((option) => option.value === value));
  if (unknown.length > 0)
    groups.set(
      'Not found',
      unknown.map((value) => ({ value, label: value })),
    );
  return [...groups].map(([group, items]) => ({ group, items }));
}
