import type { SqlCapabilities } from '../sql/dialect.ts';

/** What PostgreSQL can do. */
export const capabilities: SqlCapabilities = {
  returning: { insert: true, update: true },
  nulls: 'native',
  rowComparison: true,
  arrayParameters: true,
  maxParameters: 60_000,
  multiRowInsert: true,
  defaultRow: 'default values',
  returnedPrefix: undefined,
  lockClause: ' for update',
  lockHint: '',
};
