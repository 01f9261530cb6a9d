import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Json } from '@fettle/base';
import type { FieldSpecification, FieldType } from '@fettle/sdk';
import type { ConnectorContext } from '@fettle/sdk/server';
import type { SqlConnection } from '../sql/driver.ts';
import { sqliteDialect } from '../sqlite/dialect.ts';
import { SqliteDriver } from '../sqlite/driver.ts';
import { introspectSqlite } from '../sqlite/introspect.ts';
import { constraintsText, literal } from './ddl.ts';
import { fieldsTable, outboxTable, type InternalEngine, type TableInChange } from './engine.ts';

const { quote } = sqliteDialect;

/** A workspace's tables in a SQLite file. */
export function createSqliteEngine(context: ConnectorContext): InternalEngine {
  const driver = new SqliteDriver({ file: () => preparedFile(context), readOnly: false }, context);
  return {
    dialect: sqliteDialect,
    driver,
    outbox: { table: quote(outboxTable), isShared: false },
    tableName: quote,
    columnText,
    preparation: [
      `create table if not exists ${quote(fieldsTable)} (table_name text, column_name text, position integer not null, specification text not null, primary key (table_name, column_name))`,
      `create table if not exists ${quote(outboxTable)} (seq integer primary key autoincrement, id text not null unique, content text not null)`,
    ],
    createTableText: (name, fields) => createTableText(name, fields),
    dropIndexText: (name) => `drop index if exists ${quote(name)}`,
    introspect: (options) =>
      introspectSqlite(driver, { readOnly: false, hiddenTables: [fieldsTable, outboxTable] }, options),
    change: (options, work) => driver.rebuild(options, work),
    addColumn: async (connection, table, field) => {
      if (field.required === true || field.type === 'relation') {
        await rebuild(connection, table, [...table.fields, field]);
        return;
      }
      await send(connection, `alter table ${quote(table.name)} add column ${quote(field.name)} ${columnText(field)}`);
    },
    changeColumn: async (connection, table, before, after) => {
      if (columnText(before) === columnText(after)) return;
      const fields = table.fields.map((field) => (field.name === before.name ? after : field));
      await rebuild(connection, table, fields);
    },
    dropColumn: async (connection, table, field) => {
      await rebuild(
        connection,
        table,
        table.fields.filter((other) => other.name !== field.name),
      );
    },
  };
}

/** SQLite makes the file, but not its folder. */
async function preparedFile(context: ConnectorContext): Promise<string> {
  const file = await context.resolveFile(String(context.settings['file'] ?? ''));
  await mkdir(dirname(file), { recursive: true });
  return file;
}

async function send(connection: SqlConnection, text: string): Promise<void> {
  await connection.run({ text }, []);
}

/** Moves the rows into a table of the new structure, which then takes the name of the old one. */
async function rebuild(
  connection: SqlConnection,
  table: TableInChange,
  fields: readonly FieldSpecification[],
): Promise<void> {
  const temporary = `_fettle_new_${table.name}`;
  const indexes = await connection.run(
    { text: "select sql from sqlite_schema where type = 'index' and tbl_name = ? and sql is not null" },
    [table.name],
  );
  await send(connection, createTableText(temporary, fields));
  const before = new Map(table.fields.map((field) => [field.name, field]));
  const kept = fields.filter((field) => field.type !== 'autoNumber' && before.has(field.name));
  const targets = ['id', ...kept.map((field) => field.name)].map(quote).join(', ');
  const sources = ['"id"', ...kept.map((field) => convertText(before.get(field.name) ?? field, field))].join(', ');
  await send(
    connection,
    `insert into ${quote(temporary)} (${targets}) select ${sources} from ${quote(table.name)} order by "id"`,
  );
  // The highest number ever given must not be given again.
  await send(
    connection,
    `update sqlite_sequence set seq = max(seq, coalesce((select seq from sqlite_sequence where name = ${literal(table.name)}), 0)) where name = ${literal(temporary)}`,
  );
  await send(connection, `drop table ${quote(table.name)}`);
  await send(connection, `alter table ${quote(temporary)} rename to ${quote(table.name)}`);
  const names = new Set(fields.map((field) => field.name));
  for (const [text] of indexes.rows) {
    const column = /\((?:"((?:[^"]|"")*)")\)\s*$/.exec(String(text))?.[1]?.replaceAll('""', '"');
    if (column !== undefined && names.has(column)) await send(connection, String(text));
  }
}

function createTableText(name: string, fields: readonly FieldSpecification[]): string {
  const columns = fields.map((field) => `, ${quote(field.name)} ${columnText(field)}`);
  return `create table ${quote(name)} ("id" integer primary key autoincrement${columns.join('')})`;
}

const nativeTypes: Readonly<Record<FieldType, string>> = {
  text: 'varchar',
  longText: 'text',
  integer: 'bigint',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  datetime: 'timestamp',
  select: 'varchar',
  multiSelect: 'json',
  email: 'varchar',
  url: 'varchar',
  json: 'json',
  user: 'varchar',
  relation: 'integer',
  attachment: 'json',
  autoNumber: 'integer generated always as ("id") virtual',
  createdAt: 'timestamp',
  createdBy: 'varchar',
  updatedAt: 'timestamp',
  updatedBy: 'varchar',
};

function columnText(field: FieldSpecification): string {
  const scale = field.type === 'decimal' && field.scale !== undefined ? `(38, ${Math.trunc(field.scale)})` : '';
  const reference =
    field.type === 'relation'
      ? ` references ${quote(field.target ?? '')} ("id") on delete ${field.required === true ? 'restrict' : 'set null'}`
      : '';
  return `${nativeTypes[field.type]}${scale}${constraintsText(field, (value) => defaultText(field, value))}${reference}`;
}

function defaultText(field: FieldSpecification, value: Json): string {
  if (field.type === 'boolean') return value === true ? '1' : '0';
  if (field.type === 'json' || field.type === 'multiSelect' || field.type === 'attachment')
    return literal(JSON.stringify(value));
  if (field.type === 'datetime' && typeof value === 'string')
    return literal(value.replace('T', ' ').replace(/(?:\.0+)?Z$/, ''));
  return field.type === 'integer' || field.type === 'decimal' ? literal(Number(value)) : literal(value);
}

const textual: ReadonlySet<FieldType> = new Set(['text', 'longText', 'select', 'email', 'url', 'user']);

/** The old value as one of the new type; that nothing is lost has been checked before. A required field fills nulls. */
function convertText(before: FieldSpecification, after: FieldSpecification): string {
  const column = quote(before.name);
  const filled = (text: string): string =>
    after.required === true && after.default !== undefined && after.default !== null
      ? `coalesce(${text}, ${defaultText(after, after.default)})`
      : text;
  if (before.type === after.type) return filled(column);
  if (before.type === 'boolean' && textual.has(after.type)) {
    return filled(`case ${column} when 1 then 'true' when 0 then 'false' end`);
  }
  if (after.type === 'boolean')
    return filled(`case lower(${column}) when 'true' then 1 when 'false' then 0 else ${column} end`);
  if (textual.has(after.type)) return filled(`cast(${column} as text)`);
  if (after.type === 'integer' || after.type === 'relation') return filled(`cast(${column} as integer)`);
  return filled(after.type === 'decimal' ? `cast(${column} as numeric)` : column);
}
