import { isEmailAddress, isWebAddress, type Row } from '@fettle/sdk';
import type { IndexedTable } from '../sql/schema-index.ts';
import { wrongValue } from '../sql/values.ts';

/** Throws for a text that is not what its column is for. What is empty is no matter of form. */
export function checkMeanings(table: IndexedTable, row: Row, path: string): void {
  for (const [name, value] of Object.entries(row)) {
    const column = table.columns.get(name);
    if (column === undefined || typeof value !== 'string' || value === '') continue;
    const place = `${path}/${name}`;
    if (column.meaning === 'email' && !isEmailAddress(value))
      throw wrongValue(column, place, `"${name}" takes an e-mail address such as name@example.com.`);
    if (column.meaning === 'url' && !isWebAddress(value))
      throw wrongValue(column, place, `"${name}" takes an address that begins with https:// or http://.`);
  }
}
