import type { WriteOptions } from '@fettle/sdk/server';
import type { ReadyTable, TableCall } from './tables.service.ts';

/** Who may want to know of writes to tables. */
export interface WatchedWrites {
  /**
   * Does a write; when somebody watches the table, what it changes starts what it is to start. Where nobody does, the
   * write begins at once.
   */
  run<T>(call: TableCall, ready: ReadyTable, write: (options: WriteOptions) => Promise<T>): Promise<T>;
}
