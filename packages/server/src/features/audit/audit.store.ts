import type { Knex } from 'knex';

/** A row of the audit log as stored. */
export interface StoredAuditEntry {
  readonly workspace_id: string | null;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly outcome: 'done' | 'denied';
  readonly details: string;
}

/** A row of the audit log as listed. */
export interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly outcome: 'done' | 'denied';
  readonly details: unknown;
}

/** Appends an entry. There is no update and no delete. */
export async function insertAuditEntry(knex: Knex, entry: StoredAuditEntry): Promise<void> {
  await knex('audit').insert(entry);
}

/** Entries of a workspace, newest first. */
export async function listAuditEntries(
  knex: Knex,
  workspaceId: string,
  { before, limit = 50 }: { readonly before?: string; readonly limit?: number },
): Promise<readonly AuditRow[]> {
  const query = knex('audit').where({ workspace_id: workspaceId }).orderBy('id', 'desc').limit(limit);
  if (before !== undefined) query.where('id', '<', Number.parseInt(before, 10) || 0);
  const rows = (await query) as readonly (StoredAuditEntry & { id: number })[];
  return rows.map((row) => ({
    id: String(row.id),
    at: row.at,
    actor: row.actor,
    action: row.action,
    target: row.target,
    outcome: row.outcome,
    details: JSON.parse(row.details) as unknown,
  }));
}
