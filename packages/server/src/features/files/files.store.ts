import type { Knex } from 'knex';

/** What is known of a stored file. */
export interface StoredFileRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly app_id: string;
  readonly environment: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly sha256: string;
  readonly created_at: string;
  readonly created_by: string;
  /** The source that wrote it for a run that is not stored yet. */
  readonly staged_for: string | null;
}

/** Notes a stored file. */
export async function insertFile(knex: Knex, row: StoredFileRow): Promise<void> {
  await knex('stored_file').insert(row);
}

/** A file of a workspace. One that waits for its run is not there for anybody yet. */
export async function findFile(knex: Knex, workspaceId: string, id: string): Promise<StoredFileRow | undefined> {
  return knex<StoredFileRow>('stored_file').where({ workspace_id: workspaceId, id, staged_for: null }).first();
}

/** What a staged file waits for once it is to go: nobody keeps it any more. */
const discarded = 'discarded';

/** Makes staged files as good as any other. Answers how many: those that are to go already are not among them. */
export function keepStagedFiles(knex: Knex, stagedFor: string, ids: readonly string[]): Promise<number> {
  return knex('stored_file')
    .where({ staged_for: stagedFor })
    .whereIn('id', [...ids])
    .update({ staged_for: null });
}

/** Notes that staged files are to go: these, or all that wait for something. */
export async function giveUpStagedFiles(knex: Knex, stagedFor: string, ids?: readonly string[]): Promise<void> {
  const staged = knex('stored_file').where({ staged_for: stagedFor });
  if (ids !== undefined) staged.whereIn('id', [...ids]);
  await staged.update({ staged_for: discarded });
}

/** Notes that files are to go whose source is no more, and those from before `before` whose request started no run. */
export async function giveUpOrphanedFiles(knex: Knex, before: string): Promise<void> {
  await knex('stored_file')
    .whereNotNull('staged_for')
    .where((old) => old.whereNot('staged_for', 'like', 'hook %').orWhere('created_at', '<', before))
    .whereNotExists((sources) => sources.from('flow_source').whereRaw('flow_source.id = stored_file.staged_for'))
    .update({ staged_for: discarded });
}

/** Files that are to go, a few at a time. */
export async function listDiscardedFiles(knex: Knex): Promise<readonly Pick<StoredFileRow, 'id' | 'workspace_id'>[]> {
  return knex<StoredFileRow>('stored_file').where({ staged_for: discarded }).select('id', 'workspace_id').limit(100);
}

/** Forgets a file that is to go, with its bytes where these are in the database. */
export async function deleteDiscardedFile(knex: Knex, id: string): Promise<void> {
  await knex('stored_file').where({ id, staged_for: discarded }).delete();
}
