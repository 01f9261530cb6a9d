import type { Clock, Json } from '@fettle/base';
import { finalStates } from '@fettle/flow';
import type { Database } from '../../database/database.ts';
import type { RunSignals } from '../flows/run-signals.ts';
import { findRun, noticeRuns, wakeRun, type RunRow } from '../flows/runs.store.ts';
import { answerWait, type Answerer, type WaitRow } from '../flows/waits.store.ts';
import type { MailOutbox } from '../notifications/mail-outbox.ts';
import type { Notifications } from '../notifications/notifications.service.ts';
import { requestOf } from './approval-request.ts';
import { closeApprovers } from './approvals.store.ts';

/** What settling needs. */
export interface SettleWaitOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly signals: RunSignals;
  readonly notifications: Notifications;
  readonly mails: MailOutbox;
}

/** Gives a waiting step its answer, once, whoever may have found the way to it. False: it is over already. */
export type SettleWait = (row: WaitRow, answer: Json, by: Answerer | null) => Promise<boolean>;

/** Makes it. The answer, the waking of its run, and what others are told about it are one: all of it happens, or nothing. */
export function createSettleWait(options: SettleWaitOptions): SettleWait {
  const { database, clock, signals, notifications, mails } = options;
  return async (row, answer, by) => {
    const asker = await findRun(database.knex, row.run_id);
    const requester = asker === undefined ? undefined : await requesterOf(notifications, asker);
    const told = await database.transaction(async (transaction) => {
      const run = await findRun(transaction, row.run_id);
      if (run === undefined || finalStates.has(run.state)) return undefined;
      const wait = { runId: row.run_id, path: row.path };
      const text = JSON.stringify(answer);
      if (!(await answerWait(transaction, wait, { text, now: clock.now(), by }))) return undefined;
      await wakeRun(transaction, row.run_id);
      if (database.kind === 'postgres') await noticeRuns(transaction);
      if (row.id === null) return [];
      await closeApprovers(transaction, row.id);
      const settled = await notifications.settleApproval(transaction, row.id);
      // Who answers their own request knows.
      if (requester === undefined || (by?.via === 'account' && by.id === requester.id)) return settled;
      const { title, body } = newsOf(row, answer, by);
      await notifications.tell(transaction, {
        workspaceId: run.workspace_id,
        to: [requester.id],
        kind: 'answer',
        title,
        body,
        app: { id: run.app_id, environment: run.environment },
        key: `answered ${row.id}`,
      });
      const lines = [title, ...(body === undefined ? [] : [body])];
      await mails.queue(transaction, [{ email: requester.email, subject: title, text: lines.join('\n\n') }]);
      return [...settled, requester.id];
    });
    if (told === undefined) return false;
    signals.announce();
    notifications.announce(told);
    mails.wake();
    return true;
  };
}

/** Whoever started the run, as long as they are a member. */
async function requesterOf(
  notifications: Notifications,
  run: RunRow,
): Promise<{ readonly id: string; readonly email: string } | undefined> {
  const user =
    run.user === null ? undefined : (JSON.parse(run.user) as { readonly id: string; readonly email: string });
  if (user === undefined) return undefined;
  return (await notifications.findPeople(run.workspace_id, [user.id])).length > 0 ? user : undefined;
}

function newsOf(row: WaitRow, answer: Json, by: Answerer | null) {
  const { approved, comment } = answer as { readonly approved: boolean; readonly comment: string | null };
  const who = by === null ? '' : ` by ${by.via === 'account' ? by.name : by.email}`;
  return {
    title: `${approved ? 'Approved' : 'Refused'}${who}: ${requestOf(row).title}`,
    body: comment ?? undefined,
  };
}
