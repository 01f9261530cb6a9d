import type { SqlCapabilities } from '../sql/dialect.ts';

/** What MySQL and MariaDB both can do. */
export const capabilities: SqlCapabilities = {
  returning: { insert: false, update: false },
  nulls: 'expression',
  // It compares rows, but does not use an index for it.
  rowComparison: false,
  arrayParameters: false,
  maxParameters: 60_000,
  multiRowInsert: false,
  defaultRow: '() values ()',
  returnedPrefix: undefined,
  lockClause: ' for update',
  lockHint: '',
};
