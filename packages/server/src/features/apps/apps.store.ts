import type { Knex } from 'knex';

/** An app as stored. What is said about it here is taken from its draft. */
export interface AppRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly slug: string;
  readonly name: string;
  readonly icon: string | null;
  readonly description: string;
  readonly revision: number;
  readonly draft_hash: string;
  readonly live_release_id: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly updated_by: string;
}

export async function insertApp(knex: Knex, row: AppRow): Promise<void> {
  await knex('app').insert(row);
}

export async function findApp(
  knex: Knex,
  by: { readonly id: string } | { readonly slug: string },
): Promise<AppRow | undefined> {
  return (await knex('app').where(by).first()) as AppRow | undefined;
}

/** Locks the app until the transaction ends: edits and releases of one app take turns. */
export async function lockApp(transaction: Knex.Transaction, id: string): Promise<AppRow | undefined> {
  return (await transaction('app').where({ id }).forUpdate().first()) as AppRow | undefined;
}

export async function listApps(knex: Knex, workspaceId: string): Promise<readonly AppRow[]> {
  return (await knex('app').where({ workspace_id: workspaceId }).orderBy('name')) as AppRow[];
}

export async function updateApp(
  knex: Knex,
  id: string,
  change: Partial<Omit<AppRow, 'id' | 'workspace_id'>>,
): Promise<void> {
  await knex('app').where({ id }).update(change);
}

export async function deleteApp(knex: Knex, id: string): Promise<void> {
  await knex('app').where({ id }).delete();
}

/** Addresses that begin like this one, to find a free one. */
export async function listSlugs(knex: Knex, beginning: string): Promise<readonly string[]> {
  return (await knex('app')
    .where('slug', '>=', beginning)
    .where('slug', '<', `${beginning}~`)
    .pluck('slug')) as string[];
}
