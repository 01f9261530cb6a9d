import { Type, type Static } from 'typebox';
import { defineRoute } from '../route.ts';
import { exact, id, oneOf } from '../schemas.ts';

const millis = Type.Integer({ minimum: 0 });
const ofApp = exact({ appId: id });
const ofAlert = exact({ appId: id, alert: id });

/** What an alert watches for. */
export const flowAlertKinds = ['failure', 'failures', 'missed-schedule', 'slow-queue', 'long-duration'] as const;

/** What somebody wants to be told about the flows of a live app. */
const alertSettings = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  kind: oneOf(flowAlertKinds),
  /** Null: every flow of the app. */
  flow: Type.Union([id, Type.Null()]),
  /** `failures`: so many of them. */
  count: Type.Integer({ minimum: 1, maximum: 100_000 }),
  /** `failures`: within so long; otherwise how late, how long queued or how long under way is too much. */
  minutes: Type.Integer({ minimum: 1, maximum: 44_640 }),
  isOn: Type.Boolean(),
  /** Addresses that are written to, where the installation has a mail server. */
  emails: Type.Array(Type.String({ minLength: 3, maxLength: 320, pattern: '^[^\\s@]+@[^\\s@]+$' }), { maxItems: 50 }),
  /** Members of the workspace who are notified, by user id or e-mail address. */
  people: Type.Array(Type.String({ minLength: 1, maxLength: 320 }), { maxItems: 100 }),
  /** A flow of the live app that is started with the alert as its trigger; null: none. */
  startFlow: Type.Union([id, Type.Null()]),
};

const alert = exact({
  id,
  ...alertSettings,
  /** Flows of which it holds now. */
  firing: Type.Array(exact({ flow: id, since: millis, count: Type.Integer(), message: Type.String() })),
  /** Why the last message could not be delivered. */
  problem: Type.Union([Type.String(), Type.Null()]),
});

/** See {@link alert}. */
export type FlowAlert = Static<typeof alert>;
/** See {@link alertSettings}. */
export type FlowAlertSettings = Omit<FlowAlert, 'id' | 'firing' | 'problem'>;

/** What people are told about flows. */
export const flowAlertRoutes = {
  list: defineRoute({
    id: 'flow-alerts.list',
    method: 'GET',
    path: '/api/apps/:appId/flow-alerts',
    summary: 'What people want to be told about the flows of the live app, and what holds now.',
    access: { kind: 'app', action: 'flow.read' },
    params: ofApp,
    /** `hasMail`: the installation can send e-mail. */
    response: exact({ alerts: Type.Array(alert), hasMail: Type.Boolean() }),
  }),
  create: defineRoute({
    id: 'flow-alerts.create',
    method: 'POST',
    path: '/api/apps/:appId/flow-alerts',
    summary: 'Adds an alert. It looks at what happens from now on.',
    access: { kind: 'app', action: 'flow.operate' },
    params: ofApp,
    body: exact(alertSettings),
    response: exact({ id }),
  }),
  update: defineRoute({
    id: 'flow-alerts.update',
    method: 'PUT',
    path: '/api/apps/:appId/flow-alerts/:alert',
    summary: 'Changes an alert. It looks at what happens from now on.',
    access: { kind: 'app', action: 'flow.operate' },
    params: ofAlert,
    body: exact(alertSettings),
  }),
  remove: defineRoute({
    id: 'flow-alerts.remove',
    method: 'DELETE',
    path: '/api/apps/:appId/flow-alerts/:alert',
    summary: 'Removes an alert.',
    access: { kind: 'app', action: 'flow.operate' },
    params: ofAlert,
  }),
} as const;
