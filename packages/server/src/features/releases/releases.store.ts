import type { Knex } from 'knex';
import type { App, AppFiles } from '@fettle/definition';

/** A release as stored. Never changed once it is there. */
export interface ReleaseRow {
  readonly id: string;
  readonly app_id: string;
  readonly number: number;
  readonly hash: string;
  readonly note: string;
  readonly revision: number;
  readonly published_at: string;
  readonly published_by: string;
  /** JSON; null when the app had no tests of flows. */
  readonly tests: string | null;
}

/** What a release freezes. */
export interface FrozenContent {
  /** Its files, as one text. */
  readonly files: string;
  /** Functions of plugins that its expressions call. */
  readonly functions: App['functions'];
}

export async function insertRelease(knex: Knex, row: ReleaseRow, { files, functions }: FrozenContent): Promise<void> {
  await knex('release_content').insert({ hash: row.hash, content: files }).onConflict('hash').ignore();
  await knex('release').insert({ ...row, functions: functions === undefined ? null : JSON.stringify(functions) });
}

// What is frozen is large, and read for the one release that is run.
const described = [
  'id',
  'app_id',
  'number',
  'hash',
  'note',
  'revision',
  'published_at',
  'published_by',
  'tests',
] as const satisfies readonly (keyof ReleaseRow)[];

export async function nextReleaseNumber(transaction: Knex.Transaction, appId: string): Promise<number> {
  const row = (await transaction('release').where({ app_id: appId }).max({ last: 'number' }).first()) as
    | { last: number | null }
    | undefined;
  return (row?.last ?? 0) + 1;
}

export async function findRelease(knex: Knex, appId: string, id: string): Promise<ReleaseRow | undefined> {
  return (await knex('release').where({ app_id: appId, id }).first(described)) as ReleaseRow | undefined;
}

export async function listReleases(knex: Knex, appId: string): Promise<readonly ReleaseRow[]> {
  return (await knex('release')
    .where({ app_id: appId })
    .orderBy('number', 'desc')
    .limit(500)
    .select(described)) as ReleaseRow[];
}

export async function listReleasesById(knex: Knex, ids: readonly string[]): Promise<readonly ReleaseRow[]> {
  return ids.length === 0 ? [] : ((await knex('release').whereIn('id', ids).select(described)) as ReleaseRow[]);
}

/** What a release has frozen. */
export async function readReleaseFiles(
  knex: Knex,
  id: string,
): Promise<
  { readonly workspaceId: string; readonly files: AppFiles; readonly functions: App['functions'] } | undefined
> {
  const row = (await knex('release')
    .join('release_content', 'release_content.hash', 'release.hash')
    .join('app', 'app.id', 'release.app_id')
    .where('release.id', id)
    .first('content', 'functions', 'app.workspace_id as workspaceId')) as
    | { content: string; functions: string | null; workspaceId: string }
    | undefined;
  if (row === undefined) return undefined;
  return {
    workspaceId: row.workspaceId,
    files: JSON.parse(row.content) as AppFiles,
    functions: row.functions === null ? undefined : (JSON.parse(row.functions) as App['functions']),
  };
}

/** Removes frozen content that no release uses any more. */
export async function deleteUnusedContent(knex: Knex, hashes: readonly string[]): Promise<void> {
  for (const hash of hashes) {
    await knex('release_content').where({ hash }).whereNotExists(knex('release').where({ hash }).select('id')).delete();
  }
}
