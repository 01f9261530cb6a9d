import type { SqlCapabilities } from '../sql/dialect.ts';

/** What SQLite can do. */
export const capabilities: SqlCapabilities = {
  returning: { insert: true, update: true },
  nulls: 'clause',
  rowComparison: true,
  arrayParameters: false,
  maxParameters: 30_000,
  // Its several rows come back in no promised order.
  multiRowInsert: false,
  defaultRow: 'default values',
  returnedPrefix: undefined,
  // The transaction holds the only write lock from its start.
  lockClause: '',
  lockHint: '',
};
