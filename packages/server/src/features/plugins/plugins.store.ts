import type { Knex } from 'knex';

/** A plugin of a workspace. */
export interface PluginRow {
  readonly workspace_id: string;
  readonly id: string;
  readonly version: string;
  readonly integrity: string;
  /** What its manifest says, as JSON. */
  readonly manifest: string;
  readonly is_enabled: boolean | number;
  readonly signed_by: string | null;
  /** The archive whose components may run in apps; counts only while it is the installed one. */
  readonly trusted_integrity: string | null;
  readonly trusted_at: string | null;
  readonly trusted_by: string | null;
  readonly source_kind: 'file' | 'registry' | 'url' | 'folder';
  readonly source_name: string;
  readonly installed_at: string;
  readonly installed_by: string;
  readonly updated_at: string;
  readonly updated_by: string;
}

/** A packed plugin that was looked at or is installed. */
export interface PluginArchiveRow {
  readonly workspace_id: string;
  readonly integrity: string;
  readonly source_kind: PluginRow['source_kind'];
  readonly source_name: string;
  readonly content: Uint8Array;
  readonly created_at: string;
}

/** True while components of the installed version run in apps, because an admin trusts them. */
export function isTrusted({ integrity, trusted_integrity: trusted }: PluginRow): boolean {
  return trusted === integrity;
}

/** All of a workspace, or of all workspaces. */
export async function listPlugins(knex: Knex, workspaceId?: string): Promise<readonly PluginRow[]> {
  const query = knex<PluginRow>('plugin').orderBy(['workspace_id', 'id']);
  return workspaceId === undefined ? query : query.where({ workspace_id: workspaceId });
}

export async function findPlugin(knex: Knex, workspaceId: string, id: string): Promise<PluginRow | undefined> {
  return knex<PluginRow>('plugin').where({ workspace_id: workspaceId, id }).first();
}

/** Puts a plugin in the place of what was there under its id. */
export async function savePlugin(knex: Knex, row: PluginRow): Promise<void> {
  await knex('plugin').insert(row).onConflict(['workspace_id', 'id']).merge();
}

export async function changePlugin(
  knex: Knex,
  place: { readonly workspace_id: string; readonly id: string },
  change: Partial<Omit<PluginRow, 'workspace_id' | 'id'>>,
): Promise<void> {
  await knex('plugin').where(place).update(change);
}

/** False when there was none. */
export async function deletePlugin(knex: Knex, workspaceId: string, id: string): Promise<boolean> {
  return (await knex('plugin').where({ workspace_id: workspaceId, id }).delete()) > 0;
}

/** Keeps an archive; one that is there is kept for longer. */
export async function saveArchive(knex: Knex, row: PluginArchiveRow): Promise<void> {
  await knex('plugin_archive')
    .insert({ ...row, content: Buffer.from(row.content) })
    .onConflict(['workspace_id', 'integrity'])
    .merge(['source_kind', 'source_name', 'created_at']);
}

export async function findArchive(
  knex: Knex,
  workspaceId: string,
  integrity: string,
): Promise<PluginArchiveRow | undefined> {
  return knex<PluginArchiveRow>('plugin_archive').where({ workspace_id: workspaceId, integrity }).first();
}

/** Forgets archives that nobody installed and that were looked at before `before`. */
export async function deleteLooseArchives(knex: Knex, workspaceId: string, before: string): Promise<void> {
  await knex('plugin_archive')
    .where({ workspace_id: workspaceId })
    .where('created_at', '<', before)
    .whereNotIn('integrity', knex('plugin').where({ workspace_id: workspaceId }).select('integrity'))
    .delete();
}

/** Tells every process on the same PostgreSQL that plugins of a workspace changed, once the transaction is committed. */
export async function noticePlugins(knex: Knex, workspaceId: string): Promise<void> {
  await knex.raw('select pg_notify(?, ?)', [pluginsChannel, workspaceId]);
}

/** The channel of {@link noticePlugins}. */
export const pluginsChannel = 'fettle_plugins';
