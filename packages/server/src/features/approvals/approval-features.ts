import type { Clock } from '@fettle/base';
import type { FlowPlatform } from '@fettle/sdk/server';
import type { Database } from '../../database/database.ts';
import type { RouteImplementation } from '../../http/implement-route.ts';
import type { Log } from '../../log.ts';
import type { RunSignals } from '../flows/run-signals.ts';
import { createMailOutbox, type MailOutbox } from '../notifications/mail-outbox.ts';
import type { Notifications } from '../notifications/notifications.service.ts';
import type { RunningApps } from '../running/running-apps.ts';
import { createApproverPeople } from './approver-people.ts';
import { approvalRoutes } from './approvals.routes.ts';
import { createApprovals } from './approvals.service.ts';
import { createOpenApprovals, type OpenApprovals } from './open-approvals.ts';
import { createSettleWait, type SettleWait } from './settle-wait.ts';

/** Everything about approvals: their opening by runs, their answers, and mail about them. */
export interface ApprovalFeatures {
  readonly routes: readonly RouteImplementation[];
  readonly open: OpenApprovals;
  readonly settle: SettleWait;
  readonly mails: MailOutbox;
}

/** Wires approvals. */
export function createApprovalFeatures(options: {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly signals: RunSignals;
  readonly notifications: Notifications;
  readonly running: Pick<RunningApps, 'accessOf'>;
  /** Undefined where no mail server is set up. */
  readonly sendMail: FlowPlatform['sendMail'] | undefined;
  /** The signed link of a step for an address. */
  readonly linkTo: (step: { readonly runId: string; readonly path: string }, email: string) => string;
}): ApprovalFeatures {
  const { database, clock, signals, notifications, running } = options;
  const mails = createMailOutbox(options);
  const people = createApproverPeople({ database, running });
  const settle = createSettleWait({ database, clock, signals, notifications, mails });
  return {
    routes: approvalRoutes(createApprovals({ database, clock, people, settle })),
    open: createOpenApprovals({ database, clock, people, notifications, mails }),
    settle,
    mails,
  };
}
