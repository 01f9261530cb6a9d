import type { Readable } from 'node:stream';
import type { StoreTransaction } from '../../../database/database.ts';
import type { StoredFileRow } from '../files.store.ts';

/** Which file: its id is ours, never what a client says. */
export type FileKey = Pick<StoredFileRow, 'id' | 'workspace_id'>;

/** Where the bytes of attachment files are kept. */
export interface FileContents {
  /** A place on this machine to receive a file at, before it is known to be good. */
  receiveAt(key: FileKey): Promise<string>;
  /** Keeps a received file: with what is known of it in the same transaction, or not at all. */
  keep(transaction: StoreTransaction, key: FileKey, received: string): Promise<void>;
  /** Takes away what is kept outside of the database: its transaction failed, or its row is to go. */
  undo(key: FileKey): Promise<void>;
  /** The bytes from the start. Rejects when there are none. */
  open(key: FileKey): Promise<Readable>;
}
