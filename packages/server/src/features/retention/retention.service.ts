import type { Clock } from '@fettle/base';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { closeEndedApprovers } from '../approvals/approvals.store.ts';
import { maxBehind } from '../drafts/drafts.service.ts';
import { deleteReplies } from '../flows/webhooks/hook-replies.store.ts';
import { deleteOldNotifications, trimNotifications } from '../notifications/notifications.store.ts';
import { deleteOldSessions } from '../session/session.store.ts';
import { batchSize, deleteHistory, deleteOldAuditEntries, findHistoryCuts } from './retention.store.ts';

/** How long things are kept, in days. 0 keeps them for good. */
export interface RetentionPeriods {
  readonly auditDays: number;
  readonly historyDays: number;
  readonly notificationDays: number;
}

/** Removes what has been kept long enough, now and then. */
export interface Retention {
  /** One round. Bounded: what is left over goes in the next one. */
  sweep(): Promise<void>;
  /** Sweeps every ten minutes. Answers how to stop. */
  start(): () => void;
}

const dayMs = 86_400_000;
const everyMs = 600_000;
/** No request waits longer for its flow. */
const replyMs = 600_000;
const batchesPerSweep = 20;

/** Makes the service. Sessions go when they expire; the audit log and the histories of drafts by their periods. */
export function createRetention(options: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly periods: RetentionPeriods;
}): Retention {
  const { database, clock, log, periods } = options;
  const before = (days: number): string => new Date(clock.now() - days * dayMs).toISOString();
  const sweep = async (): Promise<void> => {
    await deleteOldSessions(database.knex, before(0));
    await deleteReplies(database.knex, clock.now() - replyMs);
    if (periods.auditDays > 0) {
      await inBatches(() => deleteOldAuditEntries(database.knex, before(periods.auditDays)));
    }
    await closeEndedApprovers(database.knex);
    await trimNotifications(database.knex);
    if (periods.notificationDays > 0) {
      const oldest = clock.now() - periods.notificationDays * dayMs;
      await inBatches(() => deleteOldNotifications(database.knex, oldest, batchSize));
    }
    if (periods.historyDays === 0) return;
    const rule = { before: before(periods.historyDays), keep: maxBehind };
    for (const cut of await findHistoryCuts(database.knex, rule)) {
      await inBatches(() => database.transaction((transaction) => deleteHistory(transaction, cut)));
    }
  };
  return {
    sweep,
    start() {
      const timer = setInterval(() => {
        sweep().catch((error: unknown) => log.warn({ err: error }, 'Old entries were not removed'));
      }, everyMs).unref();
      return () => clearInterval(timer);
    },
  };
}

async function inBatches(remove: () => Promise<number>): Promise<void> {
  for (let batch = 0; batch < batchesPerSweep; batch += 1) {
    if ((await remove()) < batchSize) return;
  }
}
