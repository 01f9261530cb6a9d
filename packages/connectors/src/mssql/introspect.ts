import type { Json } from '@fettle/base';
import type { ColumnDescription, ColumnType, SchemaDescription } from '@fettle/sdk';
import type { CallOptions } from '@fettle/sdk/server';
import { buildSchema, type FoundForeignKey, type FoundTable } from '../sql/build-schema.ts';
import type { SqlDriver } from '../sql/driver.ts';
import { forgiving } from '../sql/forgiving.ts';

type Cells = readonly unknown[];

const tablesText = `select o.object_id, s.name, o.name, o.type, convert(nvarchar(4000), p.value)
from sys.objects o join sys.schemas s on s.schema_id = o.schema_id
left join sys.extended_properties p on p.class = 1 and p.major_id = o.object_id and p.minor_id = 0 and p.name = 'MS_Description'
where o.type in ('U', 'V') and o.is_ms_shipped = 0 order by s.name, o.name`;

const columnsText = `select c.object_id, c.name, coalesce(b.name, t.name), c.max_length, c.precision, c.scale, c.is_nullable,
  c.is_identity, c.is_computed, c.generated_always_type, d.definition, convert(nvarchar(4000), p.value)
from sys.columns c join sys.objects o on o.object_id = c.object_id and o.type in ('U', 'V') and o.is_ms_shipped = 0
join sys.types t on t.user_type_id = c.user_type_id
left join sys.types b on b.user_type_id = c.system_type_id and t.is_user_defined = 1
left join sys.default_constraints d on d.object_id = c.default_object_id
left join sys.extended_properties p on p.class = 1 and p.major_id = c.object_id and p.minor_id = c.column_id and p.name = 'MS_Description'
order by c.object_id, c.column_id`;

const keysText = `select i.object_id, i.index_id, i.is_primary_key, c.name
from sys.indexes i join sys.index_columns x on x.object_id = i.object_id and x.index_id = i.index_id and x.is_included_column = 0
join sys.columns c on c.object_id = x.object_id and c.column_id = x.column_id
where i.is_unique = 1 and i.has_filter = 0 and i.is_disabled = 0 order by i.object_id, i.index_id, x.key_ordinal`;

const foreignKeysText = `select k.object_id, k.name, s.name, o.name, c.name, s2.name, o2.name, c2.name
from sys.foreign_keys k
join sys.foreign_key_columns x on x.constraint_object_id = k.object_id
join sys.objects o on o.object_id = k.parent_object_id join sys.schemas s on s.schema_id = o.schema_id
join sys.objects o2 on o2.object_id = k.referenced_object_id join sys.schemas s2 on s2.schema_id = o2.schema_id
join sys.columns c on c.object_id = x.parent_object_id and c.column_id = x.parent_column_id
join sys.columns c2 on c2.object_id = x.referenced_object_id and c2.column_id = x.referenced_column_id
order by k.object_id, x.constraint_column_id`;

/** Reads the structure of a SQL Server database. */
export async function introspectMssql(
  driver: SqlDriver,
  schemas: readonly string[],
  options: CallOptions,
): Promise<SchemaDescription> {
  const warnings: string[] = [];
  const read = async (text: string): Promise<readonly Cells[]> => (await driver.run({ text }, [], options)).rows;
  const tables = (await read(tablesText)).filter(
    ([, schema]) => schemas.length === 0 || schemas.includes(String(schema)),
  );
  const columns = await read(columnsText);
  const keys = await forgiving(warnings, 'keys', () => read(keysText));
  const foreignKeys = await forgiving(warnings, 'foreign keys', () => read(foreignKeysText));
  const found = tables.map((cells) => tableOf(cells, columns, keys));
  return buildSchema({ tables: found, foreignKeys: groupForeignKeys(foreignKeys), defaultSchema: 'dbo', warnings });
}

function tableOf(cells: Cells, columns: readonly Cells[], keys: readonly Cells[]): FoundTable {
  const [id, schema, name, type, comment] = cells;
  const groups = new Map<unknown, Cells[]>();
  for (const key of keys) if (key[0] === id) groups.set(key[1], [...(groups.get(key[1]) ?? []), key]);
  const all = [...groups.values()];
  const namesOf = (group: readonly Cells[]): readonly string[] => group.map((key) => String(key[3]));
  return {
    schema: String(schema),
    name: String(name),
    kind: String(type).trim() === 'V' ? 'view' : 'table',
    writable: String(type).trim() === 'U',
    comment: typeof comment === 'string' ? comment : undefined,
    columns: columns.filter((column) => column[0] === id).map(columnOf),
    primaryKey: all.filter((group) => group[0]?.[2] === true).flatMap(namesOf),
    uniqueKeys: all.filter((group) => group[0]?.[2] !== true).map(namesOf),
  };
}

const typesByName: Readonly<Record<string, ColumnType>> = {
  tinyint: 'integer',
  smallint: 'integer',
  int: 'integer',
  bigint: 'integer',
  bit: 'boolean',
  decimal: 'decimal',
  numeric: 'decimal',
  money: 'decimal',
  smallmoney: 'decimal',
  float: 'number',
  real: 'number',
  date: 'date',
  time: 'time',
  datetime: 'datetime',
  datetime2: 'datetime',
  smalldatetime: 'datetime',
  datetimeoffset: 'timestamp',
  char: 'text',
  varchar: 'text',
  nchar: 'text',
  nvarchar: 'text',
  text: 'longText',
  ntext: 'longText',
  sysname: 'text',
  xml: 'longText',
  uniqueidentifier: 'uuid',
  binary: 'binary',
  varbinary: 'binary',
  image: 'binary',
  json: 'json',
};

function columnOf(cells: Cells): ColumnDescription {
  const [, name, typeName, size, precision, scale, nullable, identity, computed, alwaysType, definition, comment] =
    cells;
  const type = String(typeName);
  const isWide = type.startsWith('n');
  const length = Number(size) === -1 ? undefined : isWide ? Number(size) / 2 : Number(size);
  const known = typesByName[type] ?? 'unknown';
  const isSized = /^n?(?:var)?char$/.test(type);
  const defaultValue = plainDefault(definition, known);
  return {
    name: String(name),
    type: isSized && length === undefined ? 'longText' : known,
    nativeType: nativeText(type, length, { precision: Number(precision), scale: Number(scale) }),
    nullable: nullable === true,
    hasDefault: definition !== null || identity === true,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    // `rowversion` and period columns are filled by the server too.
    generated: identity === true || computed === true || type === 'timestamp' || Number(alwaysType ?? 0) > 0,
    ...(isSized && length !== undefined ? { maxLength: length } : {}),
    ...(known === 'decimal' ? { precision: Number(precision), scale: Number(scale) } : {}),
    ...(typeof comment === 'string' && comment !== '' ? { comment } : {}),
  };
}

function nativeText(
  type: string,
  length: number | undefined,
  digits: { readonly precision: number; readonly scale: number },
): string {
  if (/^(?:n?(?:var)?char|(?:var)?binary)$/.test(type)) return `${type}(${length ?? 'max'})`;
  if (type === 'decimal' || type === 'numeric') return `${type}(${digits.precision}, ${digits.scale})`;
  return /^(?:datetime2|datetimeoffset|time)$/.test(type) ? `${type}(${digits.scale})` : type;
}

/** `((5))` → 5, `(N'open')` → open. */
function plainDefault(definition: unknown, type: ColumnType): Json | undefined {
  if (typeof definition !== 'string') return undefined;
  const inner = /^\(+(.*?)\)+$/s.exec(definition)?.[1] ?? definition;
  const quoted = /^N?'((?:[^']|'')*)'$/.exec(inner)?.[1]?.replaceAll("''", "'");
  if (quoted !== undefined) return quoted;
  if (!/^-?\d+(?:\.\d+)?$/.test(inner)) return undefined;
  if (type === 'boolean') return inner === '1';
  return type === 'integer' || type === 'number' ? Number(inner) : inner;
}

function groupForeignKeys(cells: readonly Cells[]): readonly FoundForeignKey[] {
  const groups = new Map<unknown, Cells[]>();
  for (const cell of cells) groups.set(cell[0], [...(groups.get(cell[0]) ?? []), cell]);
  return [...groups.values()].map((group) => {
    const [, name, schema, table, , otherSchema, otherTable] = group[0] as Cells;
    return {
      name: String(name),
      from: { schema: String(schema), table: String(table), columns: group.map((cell) => String(cell[4])) },
      to: { schema: String(otherSchema), table: String(otherTable), columns: group.map((cell) => String(cell[7])) },
    };
  });
}
