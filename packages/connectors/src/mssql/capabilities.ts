import type { SqlCapabilities } from '../sql/dialect.ts';

/** What SQL Server can do. */
export const capabilities: SqlCapabilities = {
  returning: { insert: true, update: true },
  nulls: 'expression',
  rowComparison: false,
  arrayParameters: false,
  maxParameters: 2000,
  // Its several rows come back in no promised order.
  multiRowInsert: false,
  defaultRow: 'default values',
  returnedPrefix: 'inserted',
  lockClause: '',
  lockHint: ' with (updlock, rowlock)',
};
