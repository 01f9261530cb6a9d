import { conflict, jsonEquals, notFound, type Json } from '@fettle/base';
import type { ListRequest } from '../data/requests.ts';
import { aggregateRows, pageOf, selectRows, sortRows } from '../data/row-list.ts';
import type { Row, RowKey, TableDescription } from '../data/table.ts';
import type { DataHost, StartedFlow, StoredFile, TablePlace } from '../react/host.ts';

/** What {@link createTestData} is made of. */
export interface TestDataOptions {
  /** Tables of the data source; any data source id reaches them. */
  readonly tables?: readonly TableDescription[];
  /** Rows by table id. */
  readonly rows?: Readonly<Record<string, readonly Row[]>>;
  /** What queries answer, by query id. */
  readonly queries?: Readonly<Record<string, (parameters: Readonly<Record<string, Json>>) => Json>>;
  /** How runs of flows end, by flow id. */
  readonly flows?: Readonly<Record<string, (input: Readonly<Record<string, Json>>) => StartedFlow>>;
}

/** A data host in memory, with ways to look behind it. */
export interface TestData extends DataHost {
  /** Rows of a table as they are now. */
  rowsOf(table: string): readonly Row[];
  /** Every call from now on rejects with this error, until called with undefined. */
  failWith(error: Error | undefined): void;
  /** Requests so far: method and what was asked. */
  readonly requests: readonly { readonly method: string; readonly place: string; readonly request: unknown }[];
}

/** Makes a {@link DataHost} over rows in memory: filters, sorts, pages, expands, groups and writes for real. */
export function createTestData(options: TestDataOptions = {}): TestData {
  const tables = new Map((options.tables ?? []).map((table) => [table.id, table]));
  const rows = new Map<string, Row[]>([...tables.keys()].map((id) => [id, [...(options.rows?.[id] ?? [])]] as const));
  const listeners = new Map<string, Set<() => void>>();
  const requests: { method: string; place: string; request: unknown }[] = [];
  let failure: Error | undefined;

  const tableOf = (place: TablePlace): TableDescription => {
    const table = tables.get(place.table);
    if (table === undefined) throw notFound({ code: 'table.unknown', message: `There is no table ${place.table}.` });
    return table;
  };
  const enter = async (method: string, place: string, request: unknown): Promise<void> => {
    requests.push({ method, place, request });
    await Promise.resolve();
    if (failure !== undefined) throw failure;
  };
  const changed = (name: string): void => {
    for (const listener of listeners.get(name) ?? []) listener();
  };
  const isRow = (table: TableDescription, key: RowKey) => (row: Row) =>
    table.primaryKey.every((column) => String(row[column]) === String(key[column]));
  const expanded = (table: TableDescription, row: Row, expand: ListRequest['expand']): Row => {
    const parts = Object.keys(expand ?? {}).map((name) => [name, relatedRows(table, row, name)] as const);
    return { ...row, ...Object.fromEntries(parts) };
  };
  const relatedRows = (table: TableDescription, row: Row, name: string): Json => {
    const relation = table.relations.find((candidate) => candidate.name === name);
    if (relation === undefined) return null;
    const found = (rows.get(relation.table) ?? []).filter((other) =>
      relation.foreignColumns.every((column, index) =>
        jsonEquals(other[column], row[relation.columns[index] as string]),
      ),
    );
    return relation.kind === 'many' ? found : (found[0] ?? null);
  };

  return {
    requests,
    rowsOf: (table) => rows.get(table) ?? [],
    failWith: (error) => {
      failure = error;
    },
    describe: (place) => tables.get(place.table),
    async list(place, request) {
      await enter('list', place.table, request);
      const table = tableOf(place);
      const all = (rows.get(table.id) ?? []).map((row) => expanded(table, row, request.expand));
      return pageOf(sortRows(selectRows(all, table, request), request.sort), request);
    },
    async read(place, key, readOptions) {
      await enter('read', place.table, { key, ...readOptions });
      const table = tableOf(place);
      const row = (rows.get(table.id) ?? []).find(isRow(table, key));
      return row === undefined ? undefined : expanded(table, row, readOptions?.expand);
    },
    async create(place, newRows) {
      await enter('create', place.table, newRows);
      const table = tableOf(place);
      const list = rows.get(table.id) ?? [];
      const [keyColumn] = table.primaryKey;
      const made = newRows.map((row, index) =>
        keyColumn === undefined || row[keyColumn] !== undefined
          ? row
          : { [keyColumn]: list.length + index + 1, ...row },
      );
      list.push(...made);
      changed(table.id);
      return made;
    },
    async update(place, changes) {
      await enter('update', place.table, changes);
      const table = tableOf(place);
      const list = rows.get(table.id) ?? [];
      const made = changes.map((change) => {
        const index = list.findIndex(isRow(table, change.key));
        const current = list[index];
        if (current === undefined) throw notFound({ code: 'row.unknown', message: 'This row no longer exists.' });
        const stale = Object.entries(change.expected ?? {}).some(([name, value]) => !jsonEquals(current[name], value));
        if (stale) {
          throw conflict({
            code: 'row.conflict',
            message: 'Somebody changed this row meanwhile.',
            details: { current, attempted: change.values },
          });
        }
        return { index, row: { ...current, ...change.values } };
      });
      for (const { index, row } of made) list[index] = row;
      changed(table.id);
      return made.map(({ row }) => row);
    },
    async delete(place, keys) {
      await enter('delete', place.table, keys);
      const table = tableOf(place);
      rows.set(
        table.id,
        (rows.get(table.id) ?? []).filter((row) => !keys.some((key) => isRow(table, key)(row))),
      );
      changed(table.id);
    },
    async aggregate(place, request) {
      await enter('aggregate', place.table, request);
      const table = tableOf(place);
      return aggregateRows(selectRows(rows.get(table.id) ?? [], table, request), request);
    },
    async runQuery(query, parameters) {
      await enter('runQuery', query, parameters);
      const answer = options.queries?.[query];
      if (answer === undefined) throw notFound({ code: 'query.unknown', message: `There is no query ${query}.` });
      return { data: answer(parameters), truncated: false, durationMs: 1 };
    },
    async startFlow(flow, input, { waitMs = 0 } = {}) {
      await enter('startFlow', flow, { input, waitMs });
      const answer = options.flows?.[flow];
      if (answer === undefined) throw notFound({ code: 'flow.unknown', message: `There is no flow ${flow}.` });
      return answer(input);
    },
    async upload(file, onProgress) {
      await enter('upload', file.name, undefined);
      onProgress?.(1);
      return { id: `file_${requests.length}`, name: file.name, size: file.size, type: file.type };
    },
    fileUrl: (file: StoredFile) => `/files/${file.id}`,
    exportUrl: (place) => `/export/${place.dataSource}/${place.table}.csv`,
    onChange(what, listener) {
      const name = 'query' in what ? what.query : what.table;
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
  };
}
