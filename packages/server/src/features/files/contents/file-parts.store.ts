import type { Knex } from 'knex';
import type { FileKey } from './file-contents.ts';

/** One piece of a file, the first at position 0. */
export interface FilePartRow {
  readonly file_id: string;
  readonly position: number;
  readonly content: Buffer;
}

/** Keeps a piece of a file. */
export async function insertPart(knex: Knex, row: FilePartRow): Promise<void> {
  await knex('stored_file_part').insert(row);
}

/** A piece of a file; undefined after its last one. */
export async function findPart(knex: Knex, fileId: string, position: number): Promise<Buffer | undefined> {
  const row = await knex<FilePartRow>('stored_file_part').where({ file_id: fileId, position }).first('content');
  return row?.content;
}

/** Files without a single piece: their bytes are still in some data folder. */
export async function listFilesWithoutParts(knex: Knex): Promise<readonly FileKey[]> {
  return knex('stored_file')
    .whereNotExists(
      knex('stored_file_part').select(knex.raw('1')).whereRaw('stored_file_part.file_id = stored_file.id'),
    )
    .select('id', 'workspace_id');
}

/** True while a file has no piece; nobody else gives it one before the transaction ends. */
export async function lockFileWithoutParts(transaction: Knex.Transaction, fileId: string): Promise<boolean> {
  const row = await transaction('stored_file').where({ id: fileId }).forUpdate().first('id');
  return row !== undefined && (await findPart(transaction, fileId, 0)) === undefined;
}
