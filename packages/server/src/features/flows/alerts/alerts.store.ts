import type { Knex } from 'knex';
import type { FlowAlert } from '@fettle/contract';

/** An alert as stored. Times are milliseconds since 1970. */
export interface AlertRow {
  readonly id: string;
  readonly app_id: string;
  readonly name: string;
  readonly kind: FlowAlert['kind'];
  readonly flow_id: string | null;
  readonly count: number;
  readonly minutes: number;
  /** See {@link AlertChannels}, as JSON. */
  readonly channels: string;
  readonly is_on: boolean;
  readonly created_at: number;
  readonly looked_until: number;
  readonly look_at: number;
  readonly problem: string | null;
}

/** Who is told of an alert. */
export type AlertChannels = Pick<FlowAlert, 'emails' | 'people' | 'startFlow'>;

/** A flow about which an alert has been given that still holds. */
export interface FiringRow {
  readonly alert_id: string;
  readonly flow_id: string;
  readonly since: number;
  readonly last_at: number;
  readonly count: number;
  readonly message: string;
  readonly told_at: number;
}

/** E-mail that is to be sent. */
export interface MailRow {
  readonly id: string;
  readonly alert_id: string;
  readonly content: string;
  readonly due_at: number;
  readonly attempts: number;
}

export async function listAlerts(knex: Knex, appId: string): Promise<readonly AlertRow[]> {
  return ((await knex('flow_alert').where({ app_id: appId }).orderBy('created_at')) as unknown[]).map(toAlert);
}

export async function findAlert(knex: Knex, appId: string, id: string): Promise<AlertRow | undefined> {
  const row: unknown = await knex('flow_alert').where({ id, app_id: appId }).first();
  return row === undefined ? undefined : toAlert(row);
}

export async function insertAlert(knex: Knex, row: AlertRow): Promise<void> {
  await knex('flow_alert').insert(row);
}

export async function updateAlert(knex: Knex, id: string, changes: Partial<AlertRow>): Promise<void> {
  await knex('flow_alert').where({ id }).update(changes);
}

export async function deleteAlert(knex: Knex, id: string): Promise<void> {
  await knex('flow_alert').where({ id }).delete();
}

/** Alerts that are to be looked at. */
export async function listDueAlerts(knex: Knex, now: number, limit: number): Promise<readonly AlertRow[]> {
  const rows = (await knex('flow_alert')
    .where({ is_on: true })
    .where('look_at', '<=', now)
    .orderBy('look_at')
    .limit(limit)) as unknown[];
  return rows.map(toAlert);
}

/** Takes an alert for one look. False when another process was faster. */
export async function takeAlert(
  knex: Knex,
  alert: Pick<AlertRow, 'id' | 'look_at'>,
  next: { readonly lookedUntil: number; readonly lookAt: number },
): Promise<boolean> {
  const changed = await knex('flow_alert')
    .where({ id: alert.id, look_at: alert.look_at, is_on: true })
    .update({ looked_until: next.lookedUntil, look_at: next.lookAt });
  return changed > 0;
}

export async function listFiring(knex: Knex, alertIds: readonly string[]): Promise<readonly FiringRow[]> {
  const rows = (await knex('flow_alert_firing')
    .whereIn('alert_id', [...alertIds])
    .orderBy('since')) as FiringRow[];
  return rows.map((row) => ({
    ...row,
    since: Number(row.since),
    last_at: Number(row.last_at),
    told_at: Number(row.told_at),
  }));
}

export async function saveFiring(knex: Knex, row: FiringRow): Promise<void> {
  await knex('flow_alert_firing').insert(row).onConflict(['alert_id', 'flow_id']).merge();
}

export async function deleteFiring(knex: Knex, alertId: string, flowId?: string): Promise<void> {
  await knex('flow_alert_firing')
    .where({ alert_id: alertId, ...(flowId === undefined ? {} : { flow_id: flowId }) })
    .delete();
}

export async function insertMail(knex: Knex, row: MailRow): Promise<void> {
  await knex('flow_alert_mail').insert(row);
}

export async function listDueMail(knex: Knex, now: number, limit: number): Promise<readonly MailRow[]> {
  const rows = (await knex('flow_alert_mail').where('due_at', '<=', now).orderBy('due_at').limit(limit)) as MailRow[];
  return rows.map((row) => ({ ...row, due_at: Number(row.due_at) }));
}

/** Takes a message for one attempt; it is due again at `again` should that fail. False when another process was faster. */
export async function takeMail(knex: Knex, mail: MailRow, again: number): Promise<boolean> {
  const changed = await knex('flow_alert_mail')
    .where({ id: mail.id, due_at: mail.due_at })
    .update({ due_at: again, attempts: mail.attempts + 1 });
  return changed > 0;
}

export async function deleteMail(knex: Knex, id: string): Promise<void> {
  await knex('flow_alert_mail').where({ id }).delete();
}

const numbers = ['created_at', 'looked_until', 'look_at'] as const;

// PostgreSQL sends 64-bit numbers as text, SQLite booleans as numbers.
function toAlert(row: unknown): AlertRow {
  const alert = { ...(row as Record<string, unknown>) };
  for (const name of numbers) alert[name] = Number(alert[name]);
  alert['is_on'] = Boolean(alert['is_on']);
  return alert as unknown as AlertRow;
}
