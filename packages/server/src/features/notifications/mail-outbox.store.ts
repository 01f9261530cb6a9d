import type { Knex } from 'knex';

/** Mail that is to be sent, as stored. Times are milliseconds since 1970. */
export interface MailRow {
  readonly id: string;
  readonly email: string;
  readonly subject: string;
  readonly text: string;
  readonly run_id: string | null;
  readonly path: string | null;
  readonly attempts: number;
  readonly due_at: number;
}

export async function insertMails(knex: Knex, rows: readonly MailRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 500) await knex('notification_mail').insert(rows.slice(at, at + 500));
}

export async function listDueMails(knex: Knex, now: number, limit: number): Promise<readonly MailRow[]> {
  const rows = (await knex('notification_mail')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .select()) as MailRow[];
  return rows.map((row) => ({ ...row, due_at: Number(row.due_at) }));
}

/** Takes a mail until an instant: false when another process has it. */
export async function claimMail(knex: Knex, row: MailRow, until: number): Promise<boolean> {
  const changed = await knex('notification_mail')
    .where({ id: row.id, due_at: row.due_at })
    .update({ due_at: until, attempts: row.attempts + 1 });
  return changed > 0;
}

export async function postponeMail(knex: Knex, id: string, until: number): Promise<void> {
  await knex('notification_mail').where({ id }).update({ due_at: until });
}

export async function deleteMail(knex: Knex, id: string): Promise<void> {
  await knex('notification_mail').where({ id }).delete();
}
