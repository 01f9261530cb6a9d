import type { Knex } from 'knex';
import type { OutboxEntry } from '@fettle/sdk/server';

/** A start that is owed unless its write did not happen. */
export interface PendingEntry extends OutboxEntry {
  /** How to find out, as JSON. */
  readonly evidence: string;
}

const chunk = 100;

/** Adds starts that are owed. */
export async function addReady(knex: Knex, entries: readonly OutboxEntry[]): Promise<void> {
  for (let at = 0; at < entries.length; at += chunk)
    await knex('flow_outbox').insert(entries.slice(at, at + chunk).map(({ id, content }) => ({ id, content })));
}

/** Adds starts of a write that is about to be committed. Unless confirmed, they are looked into at `checkAt`. */
export async function addPending(
  knex: Knex,
  entries: readonly PendingEntry[],
  write: { readonly batch: string; readonly checkAt: number },
): Promise<void> {
  const facts = { state: 'pending', batch: write.batch, check_at: write.checkAt };
  for (let at = 0; at < entries.length; at += chunk)
    await knex('flow_outbox').insert(entries.slice(at, at + chunk).map((entry) => ({ ...entry, ...facts })));
}

/**
 * The write was committed. Whoever looked into it while its commit took long may have dropped its starts: they are added
 * anew then. One that was started meanwhile has its key.
 */
export async function confirmBatch(
  transaction: Knex.Transaction,
  batch: string,
  entries: readonly OutboxEntry[],
): Promise<void> {
  const ready = { state: 'ready', evidence: null, check_at: null };
  const confirmed = await transaction('flow_outbox').where({ batch, state: 'pending' }).update(ready);
  if (confirmed === entries.length) return;
  for (let at = 0; at < entries.length; at += chunk)
    await transaction('flow_outbox')
      .insert(entries.slice(at, at + chunk).map(({ id, content }) => ({ id, content })))
      .onConflict('id')
      .ignore();
}

/** The write failed at its end: look into it now. */
export async function doubtBatch(knex: Knex, batch: string, now: number): Promise<void> {
  await knex('flow_outbox').where({ batch, state: 'pending' }).update({ check_at: now });
}

/** The oldest starts that are owed. */
export async function listReady(knex: Knex, limit: number): Promise<readonly OutboxEntry[]> {
  return (await knex('flow_outbox')
    .where({ state: 'ready' })
    .orderBy('seq')
    .limit(limit)
    .select('id', 'content')) as OutboxEntry[];
}

/** Removes entries, in a transaction. Answers the ids of those that were there: another process may have been faster. */
export async function takeEntries(transaction: Knex.Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = (await transaction('flow_outbox')
    .whereIn('id', [...ids])
    .forUpdate()
    .pluck('id')) as string[];
  await transaction('flow_outbox').whereIn('id', found).delete();
  return new Set(found);
}

/** Takes the doubtful entries that are due, and puts their next look off so that no other process looks as well. */
export async function takeDoubtful(
  knex: Knex,
  look: { readonly now: number; readonly nextAt: number; readonly limit: number; readonly isShared: boolean },
): Promise<readonly PendingEntry[]> {
  const due = knex('flow_outbox')
    .where({ state: 'pending' })
    .where('check_at', '<=', look.now)
    .orderBy('seq')
    .limit(look.limit)
    .select('seq');
  const rows = (await knex('flow_outbox')
    .whereIn('seq', look.isShared ? due.forUpdate().skipLocked() : due)
    .update({ check_at: look.nextAt })
    .returning(['id', 'content', 'evidence'])) as PendingEntry[];
  return rows;
}

/** What was doubtful did happen. */
export async function confirmEntry(knex: Knex, id: string): Promise<void> {
  await knex('flow_outbox').where({ id, state: 'pending' }).update({ state: 'ready', evidence: null, check_at: null });
}

/** Of these apps, those that are still there. */
export async function listExistingApps(knex: Knex, ids: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set(
    (await knex('app')
      .whereIn('id', [...new Set(ids)])
      .pluck('id')) as string[],
  );
}

/** What was doubtful did not happen. */
export async function dropEntry(knex: Knex, id: string): Promise<void> {
  await knex('flow_outbox').where({ id, state: 'pending' }).delete();
}
