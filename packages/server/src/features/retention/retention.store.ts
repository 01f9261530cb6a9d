import type { Knex } from 'knex';

/** How many rows one statement removes: short locks, and a log that grew for years goes in small bites. */
export const batchSize = 500;

/** Removes audit entries older than a time. Answers how many; fewer than {@link batchSize} means none are left. */
export async function deleteOldAuditEntries(knex: Knex, before: string): Promise<number> {
  const ids = (await knex('audit').where('at', '<', before).orderBy('id').limit(batchSize).pluck('id')) as number[];
  return ids.length === 0 ? 0 : knex('audit').whereIn('id', ids).delete();
}

/** An app's place in its history below which nothing is needed to rebase an edit or to answer a repeated request. */
export interface HistoryCut {
  readonly app_id: string;
  readonly revision: number;
}

/**
 * Where to cut each app's history: the newest command that is older than a time, but never one of the last `keep`
 * revisions. Apps without such a command are not in it.
 */
export async function findHistoryCuts(
  knex: Knex,
  rule: { readonly before: string; readonly keep: number },
): Promise<readonly HistoryCut[]> {
  return (await knex('draft_command as command')
    .join('app', 'app.id', 'command.app_id')
    .where('command.at', '<', rule.before)
    .whereRaw('command.revision <= app.revision - ?', [rule.keep])
    .groupBy('command.app_id')
    .select('command.app_id')
    .max({ revision: 'command.revision' })) as HistoryCut[];
}

/** Removes one batch of an app's commands and edit requests up to a cut. Answers how many commands went. */
export async function deleteHistory(knex: Knex, cut: HistoryCut): Promise<number> {
  const revisions = (await knex('draft_command')
    .where({ app_id: cut.app_id })
    .where('revision', '<=', cut.revision)
    .orderBy('revision')
    .limit(batchSize)
    .pluck('revision')) as number[];
  const last = revisions.at(-1);
  if (last === undefined) return 0;
  // A request whose commands are gone could no longer be answered as it was: it goes first.
  await knex('draft_request').where({ app_id: cut.app_id }).where('base_revision', '<', last).delete();
  return knex('draft_command').where({ app_id: cut.app_id }).where('revision', '<=', last).delete();
}
