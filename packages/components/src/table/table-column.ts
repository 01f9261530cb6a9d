import { labelFromName } from '@fettle/base';
import type { ColumnDescription, RelationDescription, Row, TableDescription } from '@fettle/sdk';
import { isNumeric, isWritable, relationOfColumn, valueKindOf, type ValueKind } from '../inputs/value-kind.ts';
import type { ColumnSetting } from './manifest.ts';

/** How a column shows its values, `auto` resolved. */
export type ColumnFormat = Exclude<NonNullable<ColumnSetting['format']>, 'auto'> | 'time' | 'file' | 'longText';

/** A column of the grid, with all that rendering, editing, sorting and filtering need to know. */
export interface TableColumn {
  /** Stable while the settings stand: the setting's id, or the path. */
  readonly id: string;
  /** A column of the table or `relation.column`. Absent for values that are worked out. */
  readonly path?: string;
  readonly label: string;
  readonly kind: ValueKind;
  readonly format: ColumnFormat;
  readonly align: 'start' | 'center' | 'end';
  readonly width?: number;
  /** Hidden until the person shows it. */
  readonly isHidden: boolean;
  readonly isEditable: boolean;
  readonly isSortable: boolean;
  /** False for keys: thousands are not marked in them. */
  readonly useGrouping: boolean;
  /** Description at the end of the path. */
  readonly column?: ColumnDescription;
  /** The to-one relation the path goes through, or whose key the column is. */
  readonly relation?: RelationDescription;
  /** The column of this table that an edit writes. */
  readonly writes?: ColumnDescription;
  readonly setting?: ColumnSetting;
}

/** Finds tables that relations lead to. Undefined when the person may not see one. */
export type TableLookup = (table: string) => TableDescription | undefined;

/** The value at `album.title` in a row with its related rows expanded. */
export function readPath(row: Row, path: string): unknown {
  if (Object.hasOwn(row, path)) return row[path];
  let value: unknown = row;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value;
}

/** The value a column shows for a row. */
export function cellValue(column: TableColumn, row: Row): unknown {
  const compute = column.setting?.value as unknown;
  if (typeof compute === 'function') return (compute as (scope: { row: Row }) => unknown)({ row });
  return column.path === undefined ? undefined : readPath(row, column.path);
}

const formatOfKind: Readonly<Record<ValueKind, ColumnFormat>> = {
  text: 'text',
  longText: 'longText',
  email: 'email',
  url: 'link',
  integer: 'number',
  decimal: 'number',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  timestamp: 'datetime',
  select: 'badge',
  multiSelect: 'badge',
  json: 'json',
  list: 'text',
  file: 'file',
  opaque: 'text',
};

/** What a path leads to. */
interface Target {
  readonly column?: ColumnDescription;
  readonly relation?: RelationDescription;
  readonly writes?: ColumnDescription;
}

function resolvePath(table: TableDescription, path: string, lookup: TableLookup): Target | undefined {
  const own = table.columns.find((column) => column.name === path);
  if (own !== undefined) {
    const relation = relationOfColumn(table, path);
    return { column: own, writes: own, ...(relation === undefined ? {} : { relation }) };
  }
  const [first = '', ...rest] = path.split('.');
  const relation = table.relations.find((candidate) => candidate.name === first && candidate.kind === 'one');
  if (relation === undefined || rest.length === 0) return undefined;
  const other = lookup(relation.table);
  if (other === undefined) return undefined;
  const inner = resolvePath(other, rest.join('.'), lookup);
  if (inner?.column === undefined) return undefined;
  const key =
    relation.columns.length === 1 ? table.columns.find((column) => column.name === relation.columns[0]) : undefined;
  const isLabel = rest.length === 1;
  return { column: inner.column, relation, ...(key === undefined || !isLabel ? {} : { writes: key }) };
}

/** Builds one column from its setting. Undefined when its path leads nowhere the person may see. */
export function buildColumn(options: {
  readonly setting: ColumnSetting;
  readonly table: TableDescription | undefined;
  readonly lookup: TableLookup;
  readonly guessedKind?: ValueKind;
}): TableColumn | undefined {
  const { setting, table, lookup } = options;
  const path = setting.column === undefined || setting.column === '' ? undefined : setting.column;
  const isComputed = typeof setting.value === 'function';
  const target = table === undefined || path === undefined ? undefined : resolvePath(table, path, lookup);
  if (table !== undefined && path !== undefined && target === undefined && !isComputed) return undefined;
  if (path === undefined && !isComputed) return undefined;
  const kind = target?.column === undefined ? (options.guessedKind ?? 'text') : valueKindOf(target.column);
  const format = setting.format === undefined || setting.format === 'auto' ? formatOfKind[kind] : setting.format;
  const isKey = path !== undefined && (table?.primaryKey.includes(path) === true || target?.relation !== undefined);
  const isRelated = path !== undefined && target?.writes !== undefined && target.writes.name !== path;
  return {
    id: setting.id,
    ...(path === undefined ? {} : { path }),
    label: labelOf(setting, path, target),
    kind,
    format,
    align: alignOf(setting, format, kind, isKey),
    ...(setting.width === undefined ? {} : { width: setting.width }),
    isHidden: setting.hidden === true,
    isEditable:
      setting.editable !== false &&
      !isComputed &&
      table !== undefined &&
      table.primaryKey.length > 0 &&
      target?.writes !== undefined &&
      !table.primaryKey.includes(target.writes.name) &&
      isWritable(table, target.writes),
    isSortable: path !== undefined && !['json', 'list', 'multiSelect', 'file', 'opaque'].includes(kind),
    useGrouping: !isKey || isRelated,
    ...(target?.column === undefined ? {} : { column: target.column }),
    ...(target?.relation === undefined ? {} : { relation: target.relation }),
    ...(target?.writes === undefined ? {} : { writes: target.writes }),
    setting,
  };
}

function labelOf(setting: ColumnSetting, path: string | undefined, target: Target | undefined): string {
  if (setting.label !== undefined && setting.label !== '') return setting.label;
  if (path === undefined) return labelFromName(setting.id);
  if (target?.relation !== undefined && path.includes('.')) {
    const parts = path.split('.');
    return parts.length === 2 ? labelFromName(target.relation.name) : labelFromName(parts.slice(0, -1).join(' '));
  }
  return labelFromName(path);
}

function alignOf(setting: ColumnSetting, format: ColumnFormat, kind: ValueKind, isKey: boolean): TableColumn['align'] {
  if (setting.align !== undefined && setting.align !== 'auto') return setting.align;
  if (format === 'currency' || format === 'percent') return 'end';
  if (format === 'number') return isKey && !isNumeric(kind) ? 'start' : 'end';
  return 'start';
}
