import type { Knex } from 'knex';

/** What keeps a source, or nobody. The last three are said by its owner. */
export type SourceState = 'waiting' | 'connecting' | 'connected' | 'failed';

/** A source of a live release as stored. Times are milliseconds since 1970. */
export interface FlowSourceRow {
  readonly id: string;
  readonly app_id: string;
  readonly flow_id: string;
  readonly workspace_id: string;
  readonly release_id: string;
  readonly type: string;
  readonly settings: string;
  readonly place: string;
  readonly cursor: string | null;
  readonly position: string | null;
  readonly fence: number;
  readonly owner: string | null;
  readonly lease_until: number;
  readonly state: SourceState;
  readonly state_at: number;
  readonly error: string | null;
  readonly failures: number;
  readonly retry_at: number | null;
  readonly events: number;
  readonly last_event_at: number | null;
}

/** Whose a source is, and since when: what another owner did since is refused. */
export type SourceHold = Pick<FlowSourceRow, 'id' | 'fence'>;

const numbers = ['lease_until', 'state_at', 'retry_at', 'events', 'last_event_at'] as const;

// PostgreSQL sends 64-bit numbers as text.
function toRow(row: unknown): FlowSourceRow {
  const read = { ...(row as Record<string, unknown>) };
  for (const name of numbers) read[name] = read[name] === null ? null : Number(read[name]);
  return read as unknown as FlowSourceRow;
}

export async function listSourcesOf(knex: Knex, appId: string): Promise<readonly FlowSourceRow[]> {
  return ((await knex('flow_source').where({ app_id: appId }).orderBy('flow_id')) as unknown[]).map(toRow);
}

/** The same, locked. Owners lock theirs in the same order: neither waits for the other in a circle. */
export async function lockSourcesOf(transaction: Knex.Transaction, appId: string): Promise<readonly FlowSourceRow[]> {
  return ((await transaction('flow_source').where({ app_id: appId }).orderBy('id').forUpdate()) as unknown[]).map(
    toRow,
  );
}

/** What a publication changes of a source that stays. */
export async function updateSource(
  transaction: Knex.Transaction,
  id: string,
  change: Partial<Omit<FlowSourceRow, 'id' | 'app_id' | 'flow_id'>>,
): Promise<void> {
  await transaction('flow_source').where({ id }).update(change);
}

export async function insertSources(transaction: Knex.Transaction, rows: readonly FlowSourceRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 100) await transaction('flow_source').insert(rows.slice(at, at + 100));
}

export async function deleteSources(transaction: Knex.Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0)
    await transaction('flow_source')
      .whereIn('id', [...ids])
      .delete();
}

/** Takes sources that nobody keeps, or whose owner is not heard of any more. Two processes never take the same one. */
export async function claimSources(
  knex: Knex,
  claim: {
    readonly owner: string;
    readonly now: number;
    readonly leaseUntil: number;
    readonly limit: number;
    readonly isShared: boolean;
  },
): Promise<readonly FlowSourceRow[]> {
  const free = knex('flow_source')
    .where('lease_until', '<=', claim.now)
    .orderBy('lease_until')
    .limit(claim.limit)
    .select('id');
  const rows = await knex('flow_source')
    .whereIn('id', claim.isShared ? free.forUpdate().skipLocked() : free)
    .update({
      owner: claim.owner,
      lease_until: claim.leaseUntil,
      fence: knex.raw('fence + 1'),
      state: 'connecting',
      state_at: claim.now,
    })
    .returning('*');
  return (rows as unknown[]).map(toRow);
}

/** Says that this owner is still there. Answers what it holds: what is missing there is not its own any more. */
export async function renewSources(
  knex: Knex,
  owner: string,
  leaseUntil: number,
): Promise<readonly (SourceHold & Pick<FlowSourceRow, 'release_id'>)[]> {
  const own = knex('flow_source').where({ owner }).orderBy('id').forUpdate().select('id');
  return (await knex('flow_source')
    .whereIn('id', own)
    .where({ owner })
    .update({ lease_until: leaseUntil })
    .returning(['id', 'fence', 'release_id'])) as (SourceHold & Pick<FlowSourceRow, 'release_id'>)[];
}

/** Gives a source back: another process takes it at its next look. */
export async function releaseSource(knex: Knex, { id, fence }: SourceHold, now: number): Promise<void> {
  await knex('flow_source')
    .where({ id, fence })
    .update({ owner: null, lease_until: 0, state: 'waiting', state_at: now });
}

/** Notes how a source is. */
export async function noteSource(
  knex: Knex,
  { id, fence }: SourceHold,
  change: Partial<Pick<FlowSourceRow, 'state' | 'state_at' | 'error' | 'failures' | 'retry_at'>>,
): Promise<void> {
  await knex('flow_source').where({ id, fence }).update(change);
}

/**
 * Moves a source on, in the transaction that stores the runs which it starts. Answers the release that they belong to;
 * undefined when the source is not its owner's any more: then nothing may be stored. The app is locked first, in the
 * order in which a publication locks: waiting for each other would be a deadlock.
 */
export async function advanceSource(
  transaction: Knex.Transaction,
  { id, fence, appId }: SourceHold & { readonly appId: string },
  step: {
    readonly cursor: string | undefined;
    readonly position: string | undefined;
    readonly count: number;
    readonly now: number;
  },
): Promise<string | undefined> {
  await transaction('app').where({ id: appId }).forKeyShare().select('id');
  const rows = (await transaction('flow_source')
    .where({ id, fence })
    .update({
      ...(step.cursor === undefined ? {} : { cursor: step.cursor }),
      ...(step.position === undefined ? {} : { position: step.position.slice(0, 400) }),
      ...(step.count === 0
        ? {}
        : { events: transaction.raw('events + ?', [step.count]), last_event_at: step.now, failures: 0 }),
    })
    .returning('release_id')) as { release_id: string }[];
  return rows[0]?.release_id;
}

/** What the runs were started with that have these keys, as JSON. */
export async function triggersOfKeys(knex: Knex, flowId: string, keys: readonly string[]): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  return (await knex('flow_run')
    .where({ flow_id: flowId, environment: 'production' })
    .whereIn('dedupe_key', [...keys])
    .pluck('trigger')) as string[];
}
