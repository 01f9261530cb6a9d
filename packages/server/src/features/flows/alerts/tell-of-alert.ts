import { createId } from '@fettle/base';
import type { App } from '@fettle/definition';
import type { StoreTransaction } from '../../../database/database.ts';
import type { Notifications } from '../../notifications/notifications.service.ts';
import type { RunStarter } from '../start-run.ts';
import { insertMail, type AlertChannels, type AlertRow, type FiringRow } from './alerts.store.ts';

/** What people are to be told: that an alert holds, still holds, or no longer does. */
export interface AlertNews {
  readonly state: 'firing' | 'still' | 'recovered';
  readonly firing: FiringRow;
}

/** What is known of the app before the transaction in which people are told. */
export interface AlertPlace {
  readonly workspaceId: string;
  readonly workspaceSlug: string;
  readonly appName: string;
  readonly release: { readonly id: string; readonly app: App } | undefined;
  /** Members that are to be notified. */
  readonly people: readonly string[];
  readonly publicUrl: string;
  readonly hasMail: boolean;
}

/** An e-mail as it is kept until it is sent. */
export interface AlertMail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/**
 * Tells people in the transaction that notes what they are told: nobody is told twice, and nothing is forgotten.
 * Answers what could not be done, in words.
 */
export async function tellOfAlert(
  parts: { readonly notifications: Pick<Notifications, 'tell'>; readonly starter: Pick<RunStarter, 'start'> },
  transaction: StoreTransaction,
  told: { readonly alert: AlertRow; readonly place: AlertPlace; readonly news: AlertNews; readonly now: number },
): Promise<string | undefined> {
  const { alert, place, news, now } = told;
  const { emails, startFlow } = JSON.parse(alert.channels) as AlertChannels;
  const { firing, state } = news;
  const key = `alert ${alert.id} ${firing.flow_id} ${firing.since} ${state}${state === 'still' ? ` ${now}` : ''}`;
  const flow = place.release?.app.flows[firing.flow_id];
  const flowName = flow?.name ?? firing.flow_id;
  const title = titleOf(alert, news, flowName);
  const body = state === 'recovered' ? `It began ${timeOf(firing.since)}. ${firing.message}` : firing.message;
  const link = `${place.publicUrl}/w/${encodeURIComponent(place.workspaceSlug)}/apps/${alert.app_id}/operations`;
  await parts.notifications.tell(transaction, {
    workspaceId: place.workspaceId,
    to: place.people,
    kind: 'alert',
    title: `${place.appName}: ${title}`,
    body,
    link,
    app: { id: alert.app_id, environment: 'production' },
    key,
  });
  if (emails.length > 0 && place.hasMail) {
    const lines = [title, '', body, '', `Alert: ${alert.name}`, `App: ${place.appName}`, link];
    const mail: AlertMail = { to: emails, subject: `${place.appName}: ${title}`, text: lines.join('\n') };
    await insertMail(transaction, {
      id: createId('mail', 20),
      alert_id: alert.id,
      content: JSON.stringify(mail),
      due_at: now,
      attempts: 0,
    });
  }
  if (startFlow === null)
    return emails.length > 0 && !place.hasMail ? 'The installation has no mail server.' : undefined;
  const started = place.release?.app.flows[startFlow];
  if (place.release === undefined || started === undefined || started.disabled === true)
    return 'The flow that is to be started is not in the live release, or is turned off.';
  await parts.starter.start(transaction, {
    workspaceId: place.workspaceId,
    appId: alert.app_id,
    version: place.release.id,
    environment: 'production',
    flow: started,
    functions: place.release.app.functions,
    origin: 'event',
    user: null,
    dedupeKey: key,
    trigger: {
      state: state === 'recovered' ? 'recovered' : 'firing',
      alert: { id: alert.id, name: alert.name, kind: alert.kind },
      flow: { id: firing.flow_id, name: flowName },
      count: firing.count,
      since: new Date(firing.since).toISOString(),
      title,
      message: body,
      link,
    },
  });
  return undefined;
}

function titleOf({ kind, minutes }: AlertRow, { state, firing }: AlertNews, flow: string): string {
  if (state === 'recovered') return `${flow} is fine again`;
  const again = state === 'still' ? 'still: ' : '';
  switch (kind) {
    case 'failure':
      return `${again}${flow} failed`;
    case 'failures':
      return `${again}${flow} failed ${firing.count} times in ${minutes} minutes`;
    case 'missed-schedule':
      return `${again}${flow} did not begin when it was due`;
    case 'slow-queue':
      return `${again}${flow} waits in the queue`;
    case 'long-duration':
      return `${again}${flow} takes longer than it should`;
  }
}

const timeOf = (time: number): string => `at ${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
