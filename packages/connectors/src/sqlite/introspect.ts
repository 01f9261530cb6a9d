import type { Json } from '@fettle/base';
import type { ColumnDescription, SchemaDescription } from '@fettle/sdk';
import type { CallOptions } from '@fettle/sdk/server';
import { buildSchema, type FoundForeignKey, type FoundTable } from '../sql/build-schema.ts';
import type { SqlDriver } from '../sql/driver.ts';
import { forgiving } from '../sql/forgiving.ts';
import { checkedOptions } from './check-options.ts';
import { typeOfValues } from './custom-rows.ts';
import { typeOfUnsizedText } from '../sql/unsized-text.ts';
import { typeOfDeclared } from './declared-type.ts';

type Cells = readonly unknown[];

// Shadow tables hold what virtual tables (full text search and the like) keep for themselves.
const tablesText = `select name, type, sql from sqlite_schema
where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\'
and name not in (select name from pragma_table_list where schema = 'main' and type = 'shadow') order by name`;

const columnsText = `select m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
from sqlite_schema m join pragma_table_xinfo(m.name) c where m.type in ('table', 'view') order by m.name, c.cid`;

const uniqueText = `select m.name, i.name, i.partial, (select group_concat(json_quote(x.name), ',') from pragma_index_info(i.name) x)
from sqlite_schema m join pragma_index_list(m.name) i where m.type = 'table' and i."unique" = 1 order by m.name, i.seq`;

const foreignKeysText = `select m.name, f.id, f.seq, f."table", f."from", f."to"
from sqlite_schema m join pragma_foreign_key_list(m.name) f where m.type = 'table' order by m.name, f.id, f.seq`;

/** Reads the structure of a SQLite file. */
export async function introspectSqlite(
  driver: SqlDriver,
  scope: { readonly readOnly: boolean; readonly hiddenTables?: readonly string[] },
  options: CallOptions,
): Promise<SchemaDescription> {
  const warnings: string[] = [];
  const read = async (text: string): Promise<readonly Cells[]> => (await driver.run({ text }, [], options)).rows;
  const tables = (await read(tablesText)).filter(([name]) => !(scope.hiddenTables ?? []).includes(String(name)));
  const columns = await readColumns(driver, tables, warnings, options);
  const unique = await forgiving(warnings, 'unique keys', () => read(uniqueText));
  const foreignKeys = await forgiving(warnings, 'foreign keys', () => read(foreignKeysText));
  const found = tables.map((cells) => tableOf(cells, columns, unique, scope.readOnly));
  const typed: FoundTable[] = [];
  for (const table of found) typed.push(await withSampledTypes(driver, table, warnings, options));
  return buildSchema({
    tables: typed,
    foreignKeys: groupForeignKeys(foreignKeys, typed),
    defaultSchema: undefined,
    warnings,
  });
}

/** All at once; when one view is broken, table by table, so that only it is missing. */
async function readColumns(
  driver: SqlDriver,
  tables: readonly Cells[],
  warnings: string[],
  options: CallOptions,
): Promise<readonly Cells[]> {
  try {
    return (await driver.run({ text: columnsText }, [], options)).rows;
  } catch {
    const all: Cells[] = [];
    const text = `select ?, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden from pragma_table_xinfo(?) c`;
    for (const [name] of tables) {
      all.push(
        ...(await forgiving(
          warnings,
          `columns of "${String(name)}"`,
          async () => (await driver.run({ text }, [name, name], options)).rows,
        )),
      );
    }
    return all;
  }
}

function tableOf(cells: Cells, columns: readonly Cells[], unique: readonly Cells[], readOnly: boolean): FoundTable {
  const [name, type, text] = cells;
  const own = columns.filter((column) => column[0] === name);
  const options = checkedOptions(String(text));
  const keyCells = own.filter((column) => Number(column[5]) > 0).sort((a, b) => Number(a[5]) - Number(b[5]));
  // `integer primary key` is the row's own number, which SQLite gives by itself.
  const rowId =
    keyCells.length === 1 && /^integer$/i.test(String(keyCells[0]?.[2])) && !/without\s+rowid/i.test(String(text))
      ? keyCells[0]?.[1]
      : undefined;
  return {
    schema: undefined,
    name: String(name),
    kind: type === 'view' ? 'view' : 'table',
    writable: type === 'table' && !readOnly,
    comment: undefined,
    columns: own
      .filter((column) => Number(column[6]) !== 1)
      .map((column) => withOptions(columnOf(column, rowId), options)),
    primaryKey: keyCells.map((column) => String(column[1])),
    uniqueKeys: unique
      .filter((key) => key[0] === name && Number(key[2]) === 0 && typeof key[3] === 'string')
      .map((key) => JSON.parse(`[${String(key[3])}]`) as (string | null)[])
      .filter((key): key is string[] => key.every((column) => column !== null)),
  };
}

function columnOf(cells: Cells, rowId: unknown): ColumnDescription {
  const [, name, declared, notNull, defaultText, key, hidden] = cells;
  const { type: declaredType, ...sizes } = typeOfDeclared(String(declared));
  const type = declared === 'TEXT' || declared === 'text' ? typeOfUnsizedText(String(name)) : declaredType;
  const defaultValue = plainDefault(defaultText, type === 'integer' || type === 'number', type === 'boolean');
  const isRowId = name === rowId;
  return {
    name: String(name),
    type,
    nativeType: String(declared),
    nullable: Number(notNull) === 0 && Number(key) === 0,
    hasDefault: defaultText !== null || isRowId,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    generated: Number(hidden) === 2 || Number(hidden) === 3,
    ...sizes,
  };
}

function withOptions(column: ColumnDescription, all: ReadonlyMap<string, readonly string[]>): ColumnDescription {
  const options = all.get(column.name.toLowerCase());
  const isText = column.type === 'text' || column.type === 'longText';
  return options === undefined || !isText ? column : { ...column, type: 'enum', options };
}

function plainDefault(text: unknown, isNumber: boolean, isBoolean: boolean): Json | undefined {
  if (typeof text !== 'string') return undefined;
  if (isBoolean && /^(?:0|1|true|false)$/i.test(text)) return text === '1' || text.toLowerCase() === 'true';
  const quoted = /^'((?:[^']|'')*)'$/.exec(text)?.[1]?.replaceAll("''", "'");
  if (quoted !== undefined) return quoted;
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return undefined;
  return isNumber ? Number(text) : text;
}

/** Columns of views that are computed have no declared type: a few of their values tell. */
async function withSampledTypes(
  driver: SqlDriver,
  table: FoundTable,
  warnings: string[],
  options: CallOptions,
): Promise<FoundTable> {
  const untyped = table.columns.filter((column) => column.nativeType === '');
  if (table.kind !== 'view' || untyped.length === 0) return table;
  const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const text = `select ${untyped.map(({ name }) => quote(name)).join(', ')} from ${quote(table.name)} limit 50`;
  const rows = await forgiving(
    warnings,
    `types of "${table.name}"`,
    async () => (await driver.run({ text }, [], options)).rows,
  );
  const types = new Map(untyped.map(({ name }, index) => [name, typeOfValues(rows.map((row) => row[index]))]));
  return {
    ...table,
    columns: table.columns.map((column) => ({ ...column, type: types.get(column.name) ?? column.type })),
  };
}

function groupForeignKeys(cells: readonly Cells[], tables: readonly FoundTable[]): readonly FoundForeignKey[] {
  const groups = new Map<string, Cells[]>();
  for (const cell of cells) {
    const key = JSON.stringify([cell[0], cell[1]]);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  return [...groups.values()].map((group) => {
    const [table, id, , target] = group[0] as Cells;
    // A key may leave the target's columns out, and names are compared without case.
    const other = tables.find((item) => item.name.toLowerCase() === String(target).toLowerCase());
    const exact = (name: string): string =>
      other?.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name ?? name;
    const named = group.map((cell) => cell[5]).filter((name) => name !== null);
    return {
      name: `${String(table)}-${String(id)}`,
      from: { schema: undefined, table: String(table), columns: group.map((cell) => String(cell[4])) },
      to: {
        schema: undefined,
        table: other?.name ?? String(target),
        columns: named.length > 0 ? named.map((name) => exact(String(name))) : (other?.primaryKey ?? []),
      },
    };
  });
}
