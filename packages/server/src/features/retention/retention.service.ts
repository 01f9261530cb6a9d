import type { Clock } from '@fettle/base';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { closeEndedApprovers } from '../approvals/approvals.store.ts';
import { maxBehind } from '../drafts/drafts.service.ts';
import { deleteRequests } from '../event-actions/event-actions.store.ts';
import { deleteMetrics } from '../flows/metrics/metrics.store.ts';
import { deleteReplies } from '../flows/webhooks/hook-replies.store.ts';
import { deleteOldNotifications, trimNotifications } from '../notifications/notifications.store.ts';
import { deleteOldSessions } from '../session/session.store.ts';
import { sweepRuns, type RunPeriods } from './run-retention.ts';
import { batchSize, deleteHistory, deleteOldAuditEntries, findHistoryCuts } from './retention.store.ts';

/** How long things are kept, in days. 0 keeps them for good. */
export interface RetentionPeriods {
  readonly auditDays: number;
  readonly historyDays: number;
  readonly notificationDays: number;
  readonly runs: RunPeriods;
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
/** How long numbers of flows are kept: minutes are only looked at while they are fresh. */
const metricDays = [
  ['minute', 2],
  ['hour', 100],
] as const;
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
    await deleteRequests(database.knex, clock.now() - dayMs);
    if (periods.auditDays > 0) {
      await inBatches(() => deleteOldAuditEntries(database.knex, before(periods.auditDays)));
    }
    for (const [span, days] of metricDays) {
      await inBatches(() => deleteMetrics(database.knex, span, clock.now() - days * dayMs, batchSize));
    }
    await closeEndedApprovers(database.knex);
    await trimNotifications(database.knex);
    if (periods.notificationDays > 0) {
      const oldest = clock.now() - periods.notificationDays * dayMs;
      await inBatches(() => deleteOldNotifications(database.knex, oldest, batchSize));
    }
    if (periods.historyDays > 0) {
      const rule = { before: before(periods.historyDays), keep: maxBehind };
      for (const cut of await findHistoryCuts(database.knex, rule)) {
        await inBatches(() => database.transaction((transaction) => deleteHistory(transaction, cut)));
      }
    }
    await sweepRuns({ database, clock, periods: periods.runs });
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
