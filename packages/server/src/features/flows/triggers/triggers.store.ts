import type { Knex } from 'knex';

/** What starts a flow of a live release, as stored. */
export interface TriggerRow {
  readonly app_id: string;
  readonly flow_id: string;
  readonly workspace_id: string;
  readonly release_id: string;
  readonly type: string;
  readonly data_source_id: string | null;
  readonly table_id: string | null;
  readonly settings: string;
  readonly rights: string | null;
}

export async function listTriggers(knex: Knex): Promise<readonly TriggerRow[]> {
  return knex<TriggerRow>('flow_trigger').orderBy('app_id').orderBy('flow_id');
}

/** The triggers of a type in a workspace. */
export async function listTriggersOf(knex: Knex, workspaceId: string, type: string): Promise<readonly TriggerRow[]> {
  return knex<TriggerRow>('flow_trigger')
    .where({ workspace_id: workspaceId, type })
    .orderBy('app_id')
    .orderBy('flow_id');
}

/** Puts other triggers in the place of an app's. Answers whether there were or are any. */
export async function replaceTriggers(knex: Knex, appId: string, rows: readonly TriggerRow[]): Promise<boolean> {
  const removed = await knex('flow_trigger').where({ app_id: appId }).delete();
  for (let at = 0; at < rows.length; at += 100) await knex('flow_trigger').insert(rows.slice(at, at + 100));
  return removed > 0 || rows.length > 0;
}

/** Of these data sources, those whose rows are kept by this server. */
export async function listInternalSources(
  knex: Knex,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly workspaceId: string }[]> {
  const rows = (await knex('data_source')
    .whereIn('id', [...ids])
    .where({ kind: 'internal' })
    .select('id', 'workspace_id')) as { id: string; workspace_id: string }[];
  return rows.map(({ id, workspace_id }) => ({ id, workspaceId: workspace_id }));
}

/** Tells every process on the same PostgreSQL that triggers changed, once the transaction is committed. */
export async function noticeTriggers(knex: Knex): Promise<void> {
  await knex.raw('select pg_notify(?, ?)', [triggersChannel, '']);
}

/** The channel of {@link noticeTriggers}. */
export const triggersChannel = 'fettle_triggers';
