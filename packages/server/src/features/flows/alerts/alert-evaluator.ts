import { type Clock } from '@fettle/base';
import type { FlowPlatform } from '@fettle/sdk/server';
import type { Database, StoreTransaction } from '../../../database/database.ts';
import type { Log } from '../../../log.ts';
import { findApp } from '../../apps/apps.store.ts';
import { findWorkspace } from '../../workspaces/workspaces.store.ts';
import type { Notifications } from '../../notifications/notifications.service.ts';
import type { RunningApps } from '../../running/running-apps.ts';
import type { RunStarter } from '../start-run.ts';
import * as store from './alerts.store.ts';
import { lookAtAlert } from './look-at-alert.ts';
import { tellOfAlert, type AlertMail, type AlertNews, type AlertPlace } from './tell-of-alert.ts';

/** Looks at alerts. Any number of processes may: each look is one process's. */
export interface AlertEvaluator {
  /** Looks at what is due, and sends what is to be sent. Answers how many alerts that were. */
  round(): Promise<number>;
  /** Goes round now and then. Answers how to stop. */
  start(): () => Promise<void>;
}

/** What it needs. */
export interface AlertEvaluatorOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly running: Pick<RunningApps, 'versionOfRelease'>;
  readonly notifications: Pick<Notifications, 'findPeople' | 'tell' | 'announce'>;
  readonly starter: Pick<RunStarter, 'start'>;
  /** Undefined when the installation has no mail server. */
  readonly sendMail: FlowPlatform['sendMail'] | undefined;
  readonly publicUrl: () => string;
  /** Runs can be taken. */
  readonly announce: () => void;
}

/** How often each alert is looked at, and how often there is a look for those that are due. */
const lookMs = 30_000;
const roundMs = 10_000;
/** A run's end is seen by others a moment after it is timed. */
const settledMs = 5_000;
/** An alert that goes on holding says so once a day. */
const remindMs = 86_400_000;
const batchSize = 50;
const mailAttempts = 8;

/** Makes it. */
export function createAlertEvaluator(options: AlertEvaluatorOptions): AlertEvaluator {
  const { database, clock, log, notifications } = options;
  const lookAt = async (alert: store.AlertRow): Promise<void> => {
    // Read before the transaction: SQLite has one connection.
    const place = await placeOf(options, alert);
    if (place === undefined) return;
    const now = clock.now();
    const news = await database.transaction(async (transaction) => {
      const next = { lookedUntil: Math.max(alert.looked_until, now - settledMs), lookAt: now + lookMs };
      if (!(await store.takeAlert(transaction, alert, next))) return [];
      return change(options, transaction, { alert, place, now });
    });
    if (news.length === 0) return;
    notifications.announce(place.people);
    options.announce();
  };
  const round = async (): Promise<number> => {
    const due = await store.listDueAlerts(database.knex, clock.now(), batchSize);
    for (const alert of due) {
      await lookAt(alert).catch((error: unknown) =>
        log.error({ err: error, app: alert.app_id, alert: alert.id }, 'An alert could not be looked at'),
      );
    }
    await sendDue(options);
    return due.length;
  };
  return {
    round,
    start() {
      let running: Promise<unknown> = Promise.resolve();
      const timer = setInterval(() => {
        running = running
          .then(round)
          .catch((error: unknown) => log.error({ err: error }, 'Alerts could not be looked at'));
      }, roundMs).unref();
      return async () => {
        clearInterval(timer);
        await running;
      };
    },
  };
}

interface Change {
  readonly alert: store.AlertRow;
  readonly place: AlertPlace;
  readonly now: number;
}

/** Notes what holds and what no longer does, and tells of what changed: in the transaction of the look. */
async function change(
  options: AlertEvaluatorOptions,
  transaction: StoreTransaction,
  { alert, place, now }: Change,
): Promise<readonly AlertNews[]> {
  const { holding, hasEnded } = await lookAtAlert(transaction, alert, now - settledMs);
  const { startFlow } = JSON.parse(alert.channels) as store.AlertChannels;
  const known = await store.listFiring(transaction, [alert.id]);
  const news: AlertNews[] = [];
  for (const { flowId, count, at, message } of holding) {
    // A flow that is told of alerts cannot be one of them: it would tell of itself for ever.
    if (flowId === startFlow) continue;
    const before = known.find((row) => row.flow_id === flowId);
    const isDue = before === undefined || before.told_at + remindMs <= now;
    const firing: store.FiringRow = {
      alert_id: alert.id,
      flow_id: flowId,
      since: before?.since ?? at,
      last_at: at,
      count: alert.kind === 'failure' ? (before?.count ?? 0) + count : count,
      message: message.slice(0, 1000),
      told_at: isDue ? now : before.told_at,
    };
    await store.saveFiring(transaction, firing);
    if (isDue) news.push({ state: before === undefined ? 'firing' : 'still', firing });
  }
  for (const firing of known) {
    if (!(await hasEnded(firing))) continue;
    await store.deleteFiring(transaction, alert.id, firing.flow_id);
    news.push({ state: 'recovered', firing });
  }
  let problem: string | undefined;
  for (const one of news)
    problem = (await tellOfAlert(options, transaction, { alert, place, news: one, now })) ?? problem;
  if (news.length > 0) await store.updateAlert(transaction, alert.id, { problem: problem ?? null });
  return news;
}

async function placeOf(options: AlertEvaluatorOptions, alert: store.AlertRow): Promise<AlertPlace | undefined> {
  const { database, running, notifications } = options;
  const app = await findApp(database.knex, { id: alert.app_id });
  const workspace = app === undefined ? undefined : await findWorkspace(database.knex, app.workspace_id);
  if (app === undefined || workspace === undefined) return undefined;
  const { people } = JSON.parse(alert.channels) as store.AlertChannels;
  const { live_release_id: id } = app;
  return {
    workspaceId: app.workspace_id,
    workspaceSlug: workspace.slug,
    appName: app.name,
    release: id === null ? undefined : { id, app: (await running.versionOfRelease(id)).app },
    people: people.length === 0 ? [] : await notifications.findPeople(app.workspace_id, people),
    publicUrl: options.publicUrl(),
    hasMail: options.sendMail !== undefined,
  };
}

/** Sends e-mail that is due. What no server takes is tried again, later each time, for about a day. */
async function sendDue({ database, clock, log, sendMail }: AlertEvaluatorOptions): Promise<void> {
  if (sendMail === undefined) return;
  for (const row of await store.listDueMail(database.knex, clock.now(), batchSize)) {
    const again = clock.now() + 60_000 * 3 ** Math.min(row.attempts, 6);
    if (!(await store.takeMail(database.knex, row, again))) continue;
    try {
      await sendMail({ ...(JSON.parse(row.content) as AlertMail), messageId: `<${row.id}@fettle>` });
      await store.deleteMail(database.knex, row.id);
    } catch (error) {
      log.warn({ err: error, alert: row.alert_id }, 'E-mail about a flow could not be sent');
      const reason = error instanceof Error ? error.message : 'The mail server did not take it.';
      await store.updateAlert(database.knex, row.alert_id, { problem: reason.slice(0, 500) });
      if (row.attempts + 1 >= mailAttempts) await store.deleteMail(database.knex, row.id);
    }
  }
}
