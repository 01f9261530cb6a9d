import type { Knex } from 'knex';
import type { HookReply } from './hook-replies.ts';

/** The channel on which processes hear of replies: its payload is the run's id. */
export const repliesChannel = 'fettle_replies';

/** Keeps a reply for the process that waits for it, and tells. False when there is one already. */
export async function insertReply(
  knex: Knex,
  { runId, reply, now }: { readonly runId: string; readonly reply: HookReply; readonly now: number },
): Promise<boolean> {
  const inserted = (await knex('flow_reply')
    .insert({ run_id: runId, reply: JSON.stringify(reply), created_at: now })
    .onConflict('run_id')
    .ignore()
    .returning('run_id')) as unknown[];
  if (inserted.length === 0) return false;
  await knex.raw('select pg_notify(?, ?)', [repliesChannel, runId]);
  return true;
}

/** The reply of a run. */
export async function findReply(knex: Knex, runId: string): Promise<HookReply | undefined> {
  const row = (await knex('flow_reply').where({ run_id: runId }).first('reply')) as { reply: string } | undefined;
  return row === undefined ? undefined : (JSON.parse(row.reply) as HookReply);
}

/** Replies that nobody waits for any more. */
export async function deleteReplies(knex: Knex, before: number): Promise<number> {
  return knex('flow_reply').where('created_at', '<', before).delete();
}
