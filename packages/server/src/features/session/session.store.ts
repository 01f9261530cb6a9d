import type { Knex } from 'knex';

/** A session as stored. Its refresh tokens are kept as hashes only. */
export interface SessionRow {
  readonly id: string;
  readonly user_id: string;
  readonly refresh_hash: string;
  readonly previous_hash: string | null;
  readonly rotated_at: string;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly expires_at: string;
  readonly revoked_at: string | null;
  readonly user_agent: string;
  readonly address_hash: string;
}

export async function insertSession(knex: Knex, row: SessionRow): Promise<void> {
  await knex('session').insert(row);
}

export async function findSession(knex: Knex, id: string): Promise<SessionRow | undefined> {
  return (await knex('session').where({ id }).first()) as SessionRow | undefined;
}

/** Locks the row until the transaction ends: two tabs that refresh at once take turns. */
export async function lockSession(transaction: Knex.Transaction, id: string): Promise<SessionRow | undefined> {
  return (await transaction('session').where({ id }).forUpdate().first()) as SessionRow | undefined;
}

export async function rotateSession(
  knex: Knex,
  id: string,
  change: Pick<SessionRow, 'refresh_hash' | 'previous_hash' | 'rotated_at' | 'last_used_at'>,
): Promise<void> {
  await knex('session').where({ id }).update(change);
}

export async function revokeSession(knex: Knex, id: string, at: string): Promise<void> {
  await knex('session').where({ id, revoked_at: null }).update({ revoked_at: at });
}

/** Ends every session of a person, except one. */
export async function revokeSessionsOf(knex: Knex, userId: string, at: string, exceptId?: string): Promise<void> {
  const query = knex('session').where({ user_id: userId, revoked_at: null });
  if (exceptId !== undefined) query.whereNot({ id: exceptId });
  await query.update({ revoked_at: at });
}

export async function listSessionsOf(knex: Knex, userId: string): Promise<readonly SessionRow[]> {
  return (await knex('session')
    .where({ user_id: userId, revoked_at: null })
    .orderBy('last_used_at', 'desc')
    .limit(100)) as SessionRow[];
}

/** True when the person has been signed in from this address before. */
export async function isKnownAddress(knex: Knex, userId: string, addressHash: string): Promise<boolean> {
  return (await knex('session').where({ user_id: userId, address_hash: addressHash }).first('id')) !== undefined;
}

/** Forgets sessions that ended long ago. Some at a time: other work must not wait for it. */
export async function deleteOldSessions(knex: Knex, before: string): Promise<void> {
  const ids = await knex('session').where('expires_at', '<', before).limit(500).pluck('id');
  if (ids.length > 0) await knex('session').whereIn('id', ids).delete();
}
