import { encodeRowKey, type Row, type TableDescription } from '@fettle/sdk';

/** A key for React: the primary key where there is one, so that rows keep their state when the order changes. */
export function rowIdentity(table: TableDescription | undefined, row: Row, index: number): string {
  const keyColumns = table?.primaryKey ?? [];
  const hasKey = keyColumns.length > 0 && keyColumns.every((column) => row[column] !== undefined);
  return hasKey ? encodeRowKey(keyColumns, row) : `#${index}`;
}
