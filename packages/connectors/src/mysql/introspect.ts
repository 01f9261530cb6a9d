import type { Json } from '@fettle/base';
import type { ColumnDescription, ColumnType, SchemaDescription } from '@fettle/sdk';
import type { CallOptions } from '@fettle/sdk/server';
import { buildSchema, type FoundForeignKey, type FoundTable } from '../sql/build-schema.ts';
import type { SqlDriver } from '../sql/driver.ts';
import { forgiving } from '../sql/forgiving.ts';

type Cells = readonly unknown[];

const tablesText = `select t.table_name, t.table_type, t.table_comment, v.is_updatable
from information_schema.tables t
left join information_schema.views v on v.table_schema = t.table_schema and v.table_name = t.table_name
where t.table_schema = database() and t.table_type in ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED') order by t.table_name`;

const columnsText = `select table_name, column_name, column_type, data_type, is_nullable, column_default, extra,
  character_maximum_length, numeric_precision, numeric_scale, column_comment, version() like '%MariaDB%'
from information_schema.columns where table_schema = database() order by table_name, ordinal_position`;

const keysText = `select table_name, index_name, column_name, sub_part
from information_schema.statistics where table_schema = database() and non_unique = 0
order by table_name, index_name, seq_in_index`;

const foreignKeysText = `select table_name, constraint_name, column_name, referenced_table_name, referenced_column_name
from information_schema.key_column_usage
where table_schema = database() and referenced_table_schema = database() order by table_name, constraint_name, ordinal_position`;

/** MariaDB keeps JSON as text with a check. */
const jsonChecksText = `select table_name, check_clause from information_schema.check_constraints
where constraint_schema = database() and check_clause like 'json_valid(%'`;

/** Reads the structure of a MySQL or MariaDB database. */
export async function introspectMysql(driver: SqlDriver, options: CallOptions): Promise<SchemaDescription> {
  const warnings: string[] = [];
  const read = async (text: string): Promise<readonly Cells[]> => (await driver.run({ text }, [], options)).rows;
  const tables = await read(tablesText);
  const columns = await read(columnsText);
  const keys = await forgiving(warnings, 'keys', () => read(keysText));
  const foreignKeys = await forgiving(warnings, 'foreign keys', () => read(foreignKeysText));
  const isMariaDb = Number(columns[0]?.[11] ?? 0) === 1;
  const checks = isMariaDb ? await forgiving(warnings, 'JSON columns', () => read(jsonChecksText)) : [];
  const jsonColumns = new Set(
    checks.map(([table, clause]) =>
      JSON.stringify([String(table), /^json_valid\(`(.*)`\)$/.exec(String(clause))?.[1]]),
    ),
  );
  const found = tables.map((cells) => tableOf(cells, columns, keys, jsonColumns));
  return buildSchema({ tables: found, foreignKeys: groupForeignKeys(foreignKeys), defaultSchema: undefined, warnings });
}

function tableOf(
  cells: Cells,
  columns: readonly Cells[],
  keys: readonly Cells[],
  jsonColumns: ReadonlySet<string>,
): FoundTable {
  const [name, type, comment, updatable] = cells;
  const isView = type === 'VIEW';
  const groups = new Map<string, Cells[]>();
  for (const key of keys) {
    if (key[0] === name) groups.set(String(key[1]), [...(groups.get(String(key[1])) ?? []), key]);
  }
  const namesOf = (group: readonly Cells[] | undefined): string[] => (group ?? []).map((key) => String(key[2]));
  // Keys over a part of a column or over an expression say nothing about whole values.
  const isPlain = (group: readonly Cells[]): boolean => group.every((key) => key[2] !== null && key[3] === null);
  return {
    schema: undefined,
    name: String(name),
    kind: isView ? 'view' : 'table',
    writable: !isView || updatable === 'YES',
    comment: isView ? undefined : String(comment ?? ''),
    columns: columns.filter((column) => column[0] === name).map((column) => columnOf(column, jsonColumns)),
    primaryKey: namesOf(groups.get('PRIMARY')),
    uniqueKeys: [...groups]
      .filter(([key, group]) => key !== 'PRIMARY' && isPlain(group))
      .map(([, group]) => namesOf(group)),
  };
}

function columnOf(cells: Cells, jsonColumns: ReadonlySet<string>): ColumnDescription {
  const [table, name, columnType, dataType, nullable, defaultText, extra, length, precision, scale, comment, mariaDb] =
    cells;
  const native = String(columnType);
  const isJson = jsonColumns.has(JSON.stringify([String(table), String(name)]));
  const type = isJson ? 'json' : typeOf(String(dataType), native);
  const isComputed =
    /VIRTUAL|STORED|GENERATED ALWAYS/i.test(String(extra)) && !/DEFAULT_GENERATED/i.test(String(extra));
  const isExpression = /DEFAULT_GENERATED/i.test(String(extra));
  const hasDefaultText = typeof defaultText === 'string' && defaultText !== 'NULL';
  const defaultValue =
    hasDefaultText && !isExpression ? plainDefault(defaultText, type, Number(mariaDb) === 1) : undefined;
  const options = /^(?:enum|set)\(/i.test(native) ? listOptions(native) : undefined;
  return {
    name: String(name),
    type,
    nativeType: isJson ? 'json' : native,
    nullable: nullable === 'YES',
    hasDefault: hasDefaultText || /auto_increment/i.test(String(extra)),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    generated: isComputed,
    ...((type === 'text' || type === 'longText') && length !== null ? { maxLength: Number(length) } : {}),
    ...(type === 'decimal' ? { precision: Number(precision), scale: Number(scale) } : {}),
    ...(options === undefined ? {} : { options }),
    ...(type === 'array' ? { itemType: 'enum' as const } : {}),
    ...(typeof comment === 'string' && comment !== '' ? { comment } : {}),
  };
}

const typesByName: Readonly<Record<string, ColumnType>> = {
  tinyint: 'integer',
  smallint: 'integer',
  mediumint: 'integer',
  int: 'integer',
  bigint: 'integer',
  year: 'integer',
  decimal: 'decimal',
  float: 'number',
  double: 'number',
  char: 'text',
  varchar: 'text',
  tinytext: 'longText',
  text: 'longText',
  mediumtext: 'longText',
  longtext: 'longText',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  timestamp: 'timestamp',
  json: 'json',
  enum: 'enum',
  set: 'array',
  uuid: 'uuid',
  inet4: 'text',
  inet6: 'text',
  binary: 'binary',
  varbinary: 'binary',
  tinyblob: 'binary',
  blob: 'binary',
  mediumblob: 'binary',
  longblob: 'binary',
};

function typeOf(dataType: string, native: string): ColumnType {
  if (/^tinyint\(1\)/i.test(native) && !/unsigned/i.test(native)) return 'boolean';
  if (dataType === 'bit') return native === 'bit(1)' ? 'boolean' : 'integer';
  return typesByName[dataType.toLowerCase()] ?? 'unknown';
}

function listOptions(native: string): readonly string[] {
  return [...native.matchAll(/'((?:[^']|'')*)'/g)].map(([, option = '']) => option.replaceAll("''", "'"));
}

/** MySQL tells the bare value, MariaDB the text of an expression. */
function plainDefault(text: string, type: ColumnType, isMariaDb: boolean): Json | undefined {
  const quoted = /^'((?:[^']|'')*)'$/.exec(text)?.[1]?.replaceAll("''", "'");
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(text);
  if (isMariaDb && quoted === undefined && !isNumber) return undefined;
  const plain = isMariaDb ? (quoted ?? text) : text;
  if (type === 'boolean') return plain === '1' || plain === "b'1'";
  if (type === 'integer' || type === 'number') return Number.isFinite(Number(plain)) ? Number(plain) : undefined;
  return type === 'json' || type === 'array' || type === 'binary' || /^current_timestamp/i.test(plain)
    ? undefined
    : plain;
}

function groupForeignKeys(cells: readonly Cells[]): readonly FoundForeignKey[] {
  const groups = new Map<string, Cells[]>();
  for (const cell of cells) {
    const key = JSON.stringify([cell[0], cell[1]]);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()].map((group) => {
    const [table, name, , target] = group[0] as Cells;
    return {
      name: String(name),
      from: { schema: undefined, table: String(table), columns: group.map((cell) => String(cell[2])) },
      to: { schema: undefined, table: String(target), columns: group.map((cell) => String(cell[4])) },
    };
  });
}
