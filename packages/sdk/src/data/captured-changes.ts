import type { CallOptions } from './connector.ts';
import type { Row, RowKey } from './table.ts';

/** One row that a write changes, as it was and as it is. */
export interface CapturedChange {
  readonly kind: 'created' | 'updated' | 'deleted';
  /** Empty for tables without a primary key. Of an update, the key that the row has after it. */
  readonly key: RowKey;
  /** Null for a row that is new. */
  readonly before: Row | null;
  /** Null for a row that is deleted. */
  readonly after: Row | null;
}

/** Wants to know of the changes of one write. */
export interface ChangeCapture {
  /**
   * Called once in the write's transaction, after its statements and before it is committed. What it answers is kept in
   * the session's outbox in the same transaction; what it throws rolls everything back.
   */
  readonly beforeCommit: (changes: readonly CapturedChange[]) => Promise<readonly OutboxEntry[]>;
}

/** Something to be done once a write is committed. */
export interface OutboxEntry {
  readonly id: string;
  readonly content: string;
}

/** What is kept beside rows in the transaction that writes them: there is none of a write that did not happen. */
export interface SessionOutbox {
  /** True when it is the server's own store, which looks there by itself. */
  readonly isShared: boolean;
  /** The oldest entries. */
  list(limit: number, options: CallOptions): Promise<readonly OutboxEntry[]>;
  remove(ids: readonly string[], options: CallOptions): Promise<void>;
}
