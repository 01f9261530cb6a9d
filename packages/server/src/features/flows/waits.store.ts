import type { Knex } from 'knex';

/** What a run waits for, as stored. Times are milliseconds since 1970; texts of values are JSON. */
export interface WaitRow {
  readonly run_id: string;
  readonly path: string;
  readonly app_id: string;
  readonly step_name: string;
  readonly kind: 'callback' | 'approval';
  readonly request: string;
  readonly deadline: number | null;
  readonly opened_at: number;
  readonly answered_at: number | null;
  readonly answer: string | null;
  /** Of approvals: what the inbox calls them. */
  readonly id: string | null;
  /** Who answered, as JSON: see {@link Answerer}. */
  readonly answered_by: string | null;
  readonly answered_by_user: string | null;
  readonly escalated_at: number | null;
  /** How many levels have been asked after those who were asked first. */
  readonly escalation_level: number;
}

/** Who answered: a signed-in person, or whoever has the link that was sent to an address. */
export type Answerer =
  | { readonly via: 'account'; readonly id: string; readonly email: string; readonly name: string }
  | { readonly via: 'link'; readonly email: string };

/** Opens a wait, once. Answers how it then stands. */
export async function openWait(knex: Knex, row: WaitRow): Promise<WaitRow> {
  await knex('flow_wait').insert(row).onConflict(['run_id', 'path']).ignore();
  return (await findWait(knex, row.run_id, row.path)) as WaitRow;
}

export async function findWait(knex: Knex, runId: string, path: string): Promise<WaitRow | undefined> {
  const row = (await knex('flow_wait').where({ run_id: runId, path }).first()) as WaitRow | undefined;
  if (row === undefined) return undefined;
  const numberOf = (value: number | null): number | null => (value === null ? null : Number(value));
  return {
    ...row,
    deadline: numberOf(row.deadline),
    opened_at: Number(row.opened_at),
    answered_at: numberOf(row.answered_at),
    escalated_at: numberOf(row.escalated_at),
  };
}

export async function saveRequest(knex: Knex, wait: Pick<WaitRow, 'run_id' | 'path'>, request: string): Promise<void> {
  await knex('flow_wait').where({ run_id: wait.run_id, path: wait.path }).update({ request });
}

/** Answers a wait, once: false when somebody has answered or the deadline has passed. */
export async function answerWait(
  knex: Knex,
  wait: { readonly runId: string; readonly path: string },
  answer: { readonly text: string; readonly now: number; readonly by: Answerer | null },
): Promise<boolean> {
  const changed = await knex('flow_wait')
    .where({ run_id: wait.runId, path: wait.path })
    .whereNull('answered_at')
    .where((open) => open.whereNull('deadline').orWhere('deadline', '>', answer.now))
    .update({
      answered_at: answer.now,
      answer: answer.text,
      answered_by: answer.by === null ? null : JSON.stringify(answer.by),
      answered_by_user: answer.by?.via === 'account' ? answer.by.id : null,
    });
  return changed > 0;
}
