import { Type, type Static } from 'typebox';
import { defineRoute } from '../route.ts';
import { exact, id, oneOf } from '../schemas.ts';

const millis = Type.Integer({ minimum: 0 });
const count = Type.Integer({ minimum: 0 });
const period = oneOf(['hour', 'day', 'week']);
/** Times in milliseconds below which half, 95 % and 99 % of the runs stay. */
const percentiles = exact({ p50: millis, p95: millis, p99: millis });

/** How one flow of the live app fares. */
const flowNumbers = exact({
  flow: id,
  /** Absent for one that is not in the live release any more. */
  name: Type.Optional(Type.String()),
  /** Turned off in the live release. */
  isOff: Type.Boolean(),
  /** Runs that ended in the period. */
  succeeded: count,
  failed: count,
  cancelled: count,
  /** How long they took, and how long they waited to begin; absent when none did. */
  duration: Type.Optional(percentiles),
  delay: Type.Optional(percentiles),
  /** Runs that have not ended, now. */
  queued: count,
  held: count,
  running: count,
  waiting: count,
  /** Since when the oldest queued one is there. */
  oldestQueuedAt: Type.Optional(millis),
  deadLetters: count,
  /** What ended in each step of the period. */
  series: Type.Array(exact({ succeeded: count, failed: count, cancelled: count })),
});

const flowHealth = exact({
  period,
  since: millis,
  until: millis,
  stepMs: millis,
  /** False for an app that has no live release. */
  isPublished: Type.Boolean(),
  /** The flows of the live release, and others that something is known of. */
  flows: Type.Array(flowNumbers),
});

/** See {@link flowHealth}. */
export type FlowHealth = Static<typeof flowHealth>;

/** How flows fare. */
export const flowHealthRoutes = {
  read: defineRoute({
    id: 'flow-health.read',
    method: 'GET',
    path: '/api/apps/:appId/flow-health',
    summary:
      'How the flows of the live app fare: what ended in the last hour, day or week, how long it took, and what waits.',
    access: { kind: 'app', action: 'flow.read' },
    params: exact({ appId: id }),
    query: exact({ period: Type.Optional(period) }),
    response: flowHealth,
  }),
  openMetrics: defineRoute({
    id: 'system.metrics',
    method: 'GET',
    path: '/api/metrics',
    summary: 'Numbers of flows in the OpenMetrics text format, for FETTLE_METRICS_TOKEN as a bearer token.',
    access: { kind: 'public', why: 'the token of the installation is the right; without one there is nothing here' },
    transfer: 'download',
  }),
} as const;
