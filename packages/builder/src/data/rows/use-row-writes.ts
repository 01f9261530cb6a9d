import { useMutation, useQueryClient } from '@tanstack/react-query';
import { routes } from '@fettle/contract';
import { encodeRowKey, type ListResult, type Row, type RowKey, type TableDescription } from '@fettle/sdk';
import { useClient } from '../../api/client.ts';
import { notifySuccess } from '../../shell/notify.ts';
import { useWorkspace } from '../../shell/workspace.tsx';
import type { TablePlace } from './use-rows.ts';

/** A row to write: what was seen of it (undefined: new), and the values to set. */
export interface RowWrite {
  readonly row: Row | undefined;
  readonly values: Row;
}

/** Writing rows of a table. A change shows at once and is taken back when the server refuses it. */
export function useRowWrites({ dataSource, table }: TablePlace) {
  const client = useClient();
  const queries = useQueryClient();
  const { id: workspaceId } = useWorkspace();
  const params = { workspaceId, dataSource, table: table.id };
  const rowsKey = ['rows', workspaceId, dataSource];
  const replaceShown = (key: string, change: (row: Row) => Row): void => {
    queries.setQueriesData<ListResult>({ queryKey: [...rowsKey, table.id] }, (page) =>
      page === undefined
        ? page
        : { ...page, rows: page.rows.map((row) => (encodeRowKey(table.primaryKey, row) === key ? change(row) : row)) },
    );
  };
  const save = useMutation({
    mutationFn: ({ row, values }: RowWrite) =>
      row === undefined
        ? client.call(routes.dataSources.rows.create, { params, body: { rows: [values] } })
        : client.call(routes.dataSources.rows.update, {
            params,
            body: { changes: [{ key: keyOf(table, row), values, expected: seenOf(row, values) }] },
          }),
    onMutate: ({ row, values }) => {
      if (row !== undefined) replaceShown(encodeRowKey(table.primaryKey, row), (shown) => ({ ...shown, ...values }));
    },
    onSuccess: (_, { row }) => notifySuccess(row === undefined ? 'The row is added.' : 'The row is saved.'),
    onSettled: () => queries.invalidateQueries({ queryKey: rowsKey }),
  });
  const remove = useMutation({
    mutationFn: (row: Row) =>
      client.call(routes.dataSources.rows.delete, { params, body: { keys: [keyOf(table, row)] } }),
    onSuccess: async () => {
      notifySuccess('The row is deleted.');
      await queries.invalidateQueries({ queryKey: rowsKey });
    },
  });
  return { save, remove };
}

/** The key of a row. */
export function keyOf(table: TableDescription, row: Row): RowKey {
  return Object.fromEntries(table.primaryKey.map((column) => [column, row[column] ?? null]));
}

/** What was last seen of the columns that change. */
export function seenOf(row: Row, values: Row): Row {
  return Object.fromEntries(Object.keys(values).map((column) => [column, row[column] ?? null]));
}
