import { AppError, notFound } from '@fettle/base';
import type { CallOptions, DataSession, TablesCapability } from './connector.ts';
import { aggregateRows, pageOf, selectRows, sortRows } from './row-list.ts';
import type { ColumnDescription, ColumnType, Row, SchemaDescription, TableDescription } from './table.ts';

/** A table whose rows are all read at once: for services that cannot filter, sort or page. */
export interface RowTable {
  readonly id: string;
  /** Columns by name, with their types, in the order in which they are shown. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly primaryKey: readonly string[];
  readonly labelColumn?: string;
  readonly comment?: string;
  /** All rows. Called for every request that is older than `keepMs`. */
  read(signal: AbortSignal): Promise<readonly Row[]>;
}

/** How rows are kept. */
export interface RowTablesOptions {
  /** Rows are read again when they are older, in milliseconds. Default 10,000. */
  readonly keepMs?: number;
  readonly now?: () => number;
}

/** A session over such tables: filters, search, sorting, pages and groups are answered from the rows. Nothing is written. */
export function openRowTables(tables: readonly RowTable[], options: RowTablesOptions = {}): DataSession {
  const { keepMs = 10_000, now = Date.now } = options;
  const kept = new Map<string, { readonly at: number; readonly rows: Promise<readonly Row[]> }>();
  const schema: SchemaDescription = { tables: tables.map(describe), warnings: [] };
  const find = (id: string): readonly [RowTable, TableDescription] => {
    const at = tables.findIndex((table) => table.id === id);
    const [table, description] = [tables[at], schema.tables[at]];
    if (table === undefined || description === undefined)
      throw notFound({
        code: 'table.unknown',
        message: `There is no table "${id}".`,
        hint: 'Read the structure again.',
      });
    return [table, description];
  };
  const rowsOf = async (table: RowTable, { signal }: CallOptions): Promise<readonly Row[]> => {
    signal.throwIfAborted();
    const known = kept.get(table.id);
    if (known !== undefined && now() - known.at < keepMs) return known.rows;
    const entry = { at: now(), rows: table.read(signal) };
    kept.set(table.id, entry);
    // A failure is nobody's answer but of those who waited for it.
    entry.rows.catch(() => kept.get(table.id) === entry && kept.delete(table.id));
    return entry.rows;
  };
  const capability: TablesCapability = {
    async list(request, _schema, call) {
      const [table, description] = find(request.table);
      const selected = selectRows(await rowsOf(table, call), description, request);
      const keys = table.primaryKey.map((column) => ({ column, direction: 'ascending' as const }));
      const page = pageOf(sortRows(selected, [...(request.sort ?? []), ...keys]), request);
      const { columns } = request;
      return columns === undefined
        ? page
        : { ...page, rows: page.rows.map((row) => pick(row, [...table.primaryKey, ...columns])) };
    },
    async read(request, _schema, call) {
      const [table] = find(request.table);
      const rows = await rowsOf(table, call);
      const row = rows.find((one) =>
        table.primaryKey.every((column) => String(one[column]) === String(request.key[column])),
      );
      return row === undefined || request.columns === undefined
        ? row
        : pick(row, [...table.primaryKey, ...request.columns]);
    },
    async aggregate(request, _schema, call) {
      const [table, description] = find(request.table);
      return aggregateRows(selectRows(await rowsOf(table, call), description, request), request);
    },
    async *stream(request, _schema, call) {
      const [table, description] = find(request.table);
      const rows = sortRows(selectRows(await rowsOf(table, call), description, request), request.sort);
      for (let at = 0; at < rows.length; at += 500) yield rows.slice(at, at + 500);
    },
    create: readOnly,
    update: readOnly,
    delete: readOnly,
  };
  return {
    test: async (call) => {
      const [first] = tables;
      if (first !== undefined) await rowsOf(first, call);
    },
    introspect: (call) => {
      call.signal.throwIfAborted();
      return Promise.resolve(schema);
    },
    tables: capability,
    close: () => Promise.resolve(kept.clear()),
  };
}

function describe({ id, columns, primaryKey, labelColumn, comment }: RowTable): TableDescription {
  return {
    id,
    name: id,
    kind: 'view',
    columns: Object.entries(columns).map(([name, type]) => column(name, type, primaryKey.includes(name))),
    primaryKey,
    uniqueKeys: [primaryKey],
    relations: [],
    writable: false,
    ...(labelColumn === undefined ? {} : { labelColumn }),
    ...(comment === undefined ? {} : { comment }),
  };
}

function column(name: string, type: ColumnType, isKey: boolean): ColumnDescription {
  return { name, type, nativeType: type, nullable: !isKey, hasDefault: false, generated: false };
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(row, name)).map((name) => [name, row[name] ?? null]));
}

function readOnly(): Promise<never> {
  return Promise.reject(
    new AppError('input', {
      code: 'data.read-only',
      message: 'The rows of this data source cannot be changed.',
      hint: 'Change them where they come from.',
    }),
  );
}
