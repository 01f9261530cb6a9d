import type { Knex } from 'knex';
import type { PluginRow } from '../plugins.store.ts';

/** What was found where a plugin came from. */
export interface PluginUpdateRow {
  readonly workspace_id: string;
  readonly plugin_id: string;
  /** Milliseconds since 1970. */
  readonly looked_at: number;
  /** The newer version that is there. */
  readonly version: string | null;
  /** What the source called its state: given back, it answers whether anything changed. */
  readonly mark: string | null;
  /** Why nobody could look. */
  readonly problem: string | null;
}

type Place = Pick<PluginUpdateRow, 'workspace_id' | 'plugin_id'>;

export async function listUpdates(knex: Knex, workspaceId: string): Promise<readonly PluginUpdateRow[]> {
  const rows = await knex<PluginUpdateRow>('plugin_update').where({ workspace_id: workspaceId });
  return rows.map(read);
}

export async function findUpdate(knex: Knex, place: Place): Promise<PluginUpdateRow | undefined> {
  const row = await knex<PluginUpdateRow>('plugin_update').where(place).first();
  return row === undefined ? undefined : read(row);
}

/** Plugins with a source that can be asked, and nobody has since `before`: those first that wait longest. */
export async function findDue(knex: Knex, before: number, limit: number): Promise<readonly PluginRow[]> {
  return knex<PluginRow>('plugin')
    .leftJoin('plugin_update', (join) =>
      join.on('plugin_update.workspace_id', 'plugin.workspace_id').andOn('plugin_update.plugin_id', 'plugin.id'),
    )
    .whereIn('plugin.source_kind', ['registry', 'url'])
    .where((where) => where.whereNull('plugin_update.looked_at').orWhere('plugin_update.looked_at', '<', before))
    .orderBy('plugin_update.looked_at')
    .limit(limit)
    .select<PluginRow[]>('plugin.*');
}

/** True for whoever is the first to say that it looks now: of several processes, one does. */
export async function claimLook(
  knex: Knex,
  { workspace_id, plugin_id }: Place,
  { now, before }: { readonly now: number; readonly before: number },
): Promise<boolean> {
  const fresh = { workspace_id, plugin_id, looked_at: now, version: null, mark: null, problem: null };
  const changed = await knex('plugin_update')
    .where({ workspace_id, plugin_id })
    .where('looked_at', '<', before)
    .update({ looked_at: now });
  if (changed > 0) return true;
  const inserted = (await knex('plugin_update')
    .insert(fresh)
    .onConflict(['workspace_id', 'plugin_id'])
    .ignore()
    .returning('plugin_id')) as unknown[];
  return inserted.length > 0;
}

export async function saveUpdate(knex: Knex, row: PluginUpdateRow): Promise<void> {
  await knex('plugin_update').insert(row).onConflict(['workspace_id', 'plugin_id']).merge();
}

/** The plugin was updated or removed: what was found is old. */
export async function forgetUpdate(knex: Knex, place: Place): Promise<void> {
  await knex('plugin_update').where(place).delete();
}

// PostgreSQL answers large numbers as text.
function read(row: PluginUpdateRow): PluginUpdateRow {
  return { ...row, looked_at: Number(row.looked_at) };
}
