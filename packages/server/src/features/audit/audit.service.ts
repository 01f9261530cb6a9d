import type { Clock } from '@fettle/base';
import { workspaceRoleOf, type Actor } from '@fettle/access';
import type { Database, StoreAccess } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { insertAuditEntry, listAuditEntries, type AuditRow } from './audit.store.ts';

/** One security-relevant act. Details never hold a secret. */
export interface AuditEntry {
  readonly actor: Actor | string;
  /** e.g. `member.add`, `release.publish`. */
  readonly action: string;
  /** The workspace whose admins may read it; null: of the installation. */
  readonly workspaceId: string | null;
  /** What it was done to: an id, or an id with a name. */
  readonly target: string;
  readonly outcome?: 'done' | 'denied';
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The append-only log of security-relevant acts. */
export interface Audit {
  /** Writes an entry: give the transaction of the act, so that both happen or neither. */
  record(entry: AuditEntry, knex?: StoreAccess): Promise<void>;
  /** Notes that somebody was refused. Never fails, and is bounded per actor: probing must not fill the disk. */
  recordDenial(entry: Omit<AuditEntry, 'outcome'>): void;
  list(workspaceId: string, page: { readonly before?: string; readonly limit?: number }): Promise<readonly AuditRow[]>;
}

const denialsPerMinute = 30;

/** Makes the audit service. */
export function createAudit({ database, clock, log }: { database: Database; clock: Clock; log: Log }): Audit {
  const recent = new Map<string, { startedAt: number; count: number }>();
  const isTooMany = (name: string): boolean => {
    const now = clock.now();
    const window = recent.get(name);
    if (window === undefined || now - window.startedAt > 60_000) {
      if (recent.size > 10_000) recent.clear();
      recent.set(name, { startedAt: now, count: 1 });
      return false;
    }
    window.count += 1;
    return window.count > denialsPerMinute;
  };
  const record: Audit['record'] = (entry, knex = database.knex) =>
    insertAuditEntry(knex, {
      workspace_id: entry.workspaceId,
      at: new Date(clock.now()).toISOString(),
      actor: nameOfActor(entry.actor),
      action: entry.action.slice(0, 60),
      target: entry.target.slice(0, 300),
      outcome: entry.outcome ?? 'done',
      details: JSON.stringify(entry.details ?? {}),
    });
  return {
    record,
    recordDenial(entry) {
      if (isTooMany(nameOfActor(entry.actor))) return;
      record({ ...entry, outcome: 'denied' }).catch((error: unknown) =>
        log.error({ err: error }, 'A denial could not be recorded'),
      );
    },
    list: (workspaceId, page) => listAuditEntries(database.knex, workspaceId, page),
  };
}

/** How an actor is named in the audit log and in histories. */
export function nameOfActor(actor: Actor | string): string {
  if (typeof actor === 'string') return actor.slice(0, 300);
  switch (actor.kind) {
    case 'user':
      return actor.email;
    case 'api-key':
      return `API key ${actor.name} (${actor.id})`;
    case 'system':
      return `Fettle: ${actor.reason}`.slice(0, 300);
    case 'flow':
      return `Flow ${actor.name} (${actor.flowId})${actor.startedBy === null ? '' : ` for ${actor.startedBy.email}`}`;
    case 'visitor':
      return 'visitor';
  }
}

/** The workspace an actor's refusal is shown in: the asked one when they belong to it, else their only one. */
export function auditWorkspaceOf(actor: Actor, asked: string | undefined): string | null {
  if (asked !== undefined && workspaceRoleOf(actor, asked) !== undefined) return asked;
  if (actor.kind === 'api-key' || actor.kind === 'flow') return actor.workspaceId;
  return actor.kind === 'user' ? (Object.keys(actor.workspaces)[0] ?? null) : null;
}
