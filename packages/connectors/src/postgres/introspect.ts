import type { ColumnDescription, ColumnType, SchemaDescription } from '@fettle/sdk';
import type { CallOptions } from '@fettle/sdk/server';
import { buildSchema, type FoundForeignKey, type FoundTable } from '../sql/build-schema.ts';
import type { SqlDriver } from '../sql/driver.ts';
import { forgiving } from '../sql/forgiving.ts';
import { typeOfUnsizedText } from '../sql/unsized-text.ts';
import { columnsText, enumsText, foreignKeysText, keysText, tablesText } from './introspect-sql.ts';

/** What to look at. */
export interface PostgresScope {
  /** Empty: all but the system's own. */
  readonly schemas: readonly string[];
  readonly defaultSchema: string;
  readonly hiddenTables?: readonly string[];
}

type Cells = readonly unknown[];

/** Reads the structure of a PostgreSQL database. What cannot be read becomes a warning. */
export async function introspectPostgres(
  driver: SqlDriver,
  scope: PostgresScope,
  options: CallOptions,
): Promise<SchemaDescription> {
  const warnings: string[] = [];
  const read = async (what: string, text: string): Promise<readonly Cells[]> =>
    forgiving(warnings, what, async () => (await driver.run({ text }, [scope.schemas], options)).rows);
  const tables = (await driver.run({ text: tablesText }, [scope.schemas], options)).rows;
  const columns = (await driver.run({ text: columnsText }, [scope.schemas], options)).rows;
  const keys = await read('keys', keysText);
  const foreignKeys = await read('foreign keys', foreignKeysText);
  const enums = new Map(
    (await read('enumerations', enumsText)).map(([oid, labels]) => [String(oid), labels as string[]]),
  );
  const found = tables.map((cells) => tableOf(cells, columns, keys, enums));
  const visible = found.filter((table) => !(scope.hiddenTables ?? []).includes(table.name));
  return buildSchema({
    tables: visible,
    foreignKeys: foreignKeys.map(foreignKeyOf),
    defaultSchema: scope.defaultSchema,
    warnings,
  });
}

function tableOf(
  cells: Cells,
  columns: readonly Cells[],
  keys: readonly Cells[],
  enums: ReadonlyMap<string, readonly string[]>,
): FoundTable {
  const [oid, schema, name, kind, comment, canWrite] = cells;
  const own = keys.filter((key) => key[0] === oid);
  const columnsOf = (key: Cells): readonly string[] => key[2] as string[];
  return {
    schema: String(schema),
    name: String(name),
    kind: kind === 'v' || kind === 'm' ? 'view' : 'table',
    writable: canWrite === true,
    comment: (comment ?? undefined) as string | undefined,
    columns: columns.filter((column) => column[0] === oid).map((column) => columnOf(column, enums)),
    primaryKey: own.filter((key) => key[1] === true).flatMap(columnsOf),
    uniqueKeys: own.filter((key) => key[1] !== true).map(columnsOf),
  };
}

function columnOf(cells: Cells, enums: ReadonlyMap<string, readonly string[]>): ColumnDescription {
  const [
    ,
    name,
    nativeType,
    baseOid,
    typeKind,
    elementOid,
    notNull,
    defaultText,
    identity,
    generated,
    modifier,
    comment,
    baseName,
  ] = cells;
  const isArray = Number(elementOid) !== 0;
  const typeOid = String(isArray ? elementOid : baseOid);
  const options = enums.get(typeOid);
  const plain = baseName === 'text' ? typeOfUnsizedText(String(name)) : plainType(String(baseName));
  const itemType = options === undefined ? plain : 'enum';
  const type: ColumnType = isArray ? 'array' : typeKind === 'c' || typeKind === 'r' ? 'unknown' : itemType;
  const defaultValue = plainDefault(defaultText, type);
  return {
    name: String(name),
    type,
    nativeType: String(nativeType),
    nullable: notNull !== true,
    hasDefault: defaultText !== null || identity !== '',
    ...(defaultValue === undefined ? {} : { defaultValue }),
    generated: generated !== '' || identity === 'a',
    ...sizes(String(baseName), Number(modifier), isArray),
    ...(options === undefined ? {} : { options }),
    ...(isArray ? { itemType } : {}),
    ...(typeof comment === 'string' ? { comment } : {}),
  };
}

const typesByName: Readonly<Record<string, ColumnType>> = {
  bool: 'boolean',
  bytea: 'binary',
  char: 'text',
  name: 'text',
  int8: 'integer',
  int2: 'integer',
  int4: 'integer',
  oid: 'integer',
  text: 'longText',
  json: 'json',
  jsonb: 'json',
  float4: 'number',
  float8: 'number',
  bpchar: 'text',
  varchar: 'text',
  citext: 'text',
  date: 'date',
  time: 'time',
  timestamp: 'datetime',
  timestamptz: 'timestamp',
  numeric: 'decimal',
  uuid: 'uuid',
  inet: 'text',
  cidr: 'text',
  macaddr: 'text',
  macaddr8: 'text',
};

function plainType(name: string): ColumnType {
  return typesByName[name] ?? 'unknown';
}

function sizes(
  name: string,
  modifier: number,
  isArray: boolean,
): Pick<ColumnDescription, 'maxLength' | 'precision' | 'scale'> {
  if (modifier < 0 || isArray) return {};
  if (name === 'varchar' || name === 'bpchar') return { maxLength: modifier - 4 };
  if (name !== 'numeric') return {};
  const packed = modifier - 4;
  // The scale is a signed number of 11 bits.
  const scale = ((packed & 0x7ff) ^ 1024) - 1024;
  return { precision: (packed >> 16) & 0xffff, scale };
}

/** The default when it is a plain value: `'open'::text` → `open`, `5` → 5, `true` → true. */
function plainDefault(text: unknown, type: ColumnType) {
  if (typeof text !== 'string') return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  const quoted = /^'((?:[^']|'')*)'(?:::[\w\s."()[\]]+)?$/.exec(text)?.[1]?.replaceAll("''", "'");
  const plain = quoted ?? /^\(?(-?\d+(?:\.\d+)?)\)?(?:::[\w\s]+)?$/.exec(text)?.[1];
  if (plain === undefined) return undefined;
  const isNumber = type === 'integer' || type === 'number';
  if (isNumber) return Number.isSafeInteger(Number(plain)) || type === 'number' ? Number(plain) : plain;
  return type === 'json' || type === 'array' || type === 'unknown' ? undefined : plain;
}

function foreignKeyOf(cells: Cells): FoundForeignKey {
  const [schema, table, columns, otherSchema, otherTable, otherColumns, name] = cells;
  return {
    name: String(name),
    from: { schema: String(schema), table: String(table), columns: columns as string[] },
    to: { schema: String(otherSchema), table: String(otherTable), columns: otherColumns as string[] },
  };
}
