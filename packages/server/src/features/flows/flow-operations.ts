import type { Clock } from '@fettle/base';
import type { FlowPlatform } from '@fettle/sdk/server';
import type { Config } from '../../config.ts';
import type { Database } from '../../database/database.ts';
import type { RouteImplementation } from '../../http/implement-route.ts';
import type { Log } from '../../log.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Drafts } from '../drafts/drafts.service.ts';
import type { Notifications } from '../notifications/notifications.service.ts';
import type { RunningApps } from '../running/running-apps.ts';
import { createAlertEvaluator } from './alerts/alert-evaluator.ts';
import { flowAlertRoutes } from './alerts/alerts.routes.ts';
import { createFlowAlerts } from './alerts/alerts.service.ts';
import { flowControlRoutes } from './control/control.routes.ts';
import { createFlowControls } from './control/flow-controls.service.ts';
import { deadLetterRoutes } from './dead-letters/dead-letters.routes.ts';
import { createDeadLetters } from './dead-letters/dead-letters.service.ts';
import type { FlowVersions } from './flow-versions.ts';
import { metricsRoutes } from './metrics/metrics.routes.ts';
import type { RunCounts } from './metrics/run-counts.ts';
import type { Reruns } from './reruns.service.ts';
import type { RunStarter } from './start-run.ts';

/** What operating flows needs. */
export interface FlowOperationsOptions {
  readonly database: Database;
  readonly config: Pick<Config, 'metricsToken'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly audit: Audit;
  readonly drafts: Pick<Drafts, 'read'>;
  readonly running: Pick<RunningApps, 'versionOfRelease' | 'liveApp'>;
  readonly counts: RunCounts;
  readonly versions: FlowVersions;
  readonly reruns: Reruns;
  readonly starter: RunStarter;
  readonly notifications: Notifications;
  /** Undefined when the installation has no mail server. */
  readonly sendMail: FlowPlatform['sendMail'] | undefined;
  readonly publicUrl: () => string;
  /** Runs can be taken and schedules may be due. */
  readonly announce: () => void;
}

/** What operating flows is made of: pauses, dead letters, numbers and alerts. */
export interface FlowOperations {
  readonly routes: readonly RouteImplementation[];
  start(): void;
  stop(): Promise<void>;
}

/** Wires it. */
export function createFlowOperations(options: FlowOperationsOptions): FlowOperations {
  const { counts, config } = options;
  const controls = createFlowControls(options);
  const letters = createDeadLetters({ ...options, signals: { announce: options.announce } });
  const alerts = createFlowAlerts({ ...options, hasMail: options.sendMail !== undefined });
  const evaluator = createAlertEvaluator(options);
  let stopAlerts = (): Promise<void> => Promise.resolve();
  let stopControls = (): void => undefined;
  let stopCounts = (): Promise<void> => Promise.resolve();
  return {
    routes: [
      ...flowControlRoutes(controls),
      ...deadLetterRoutes(letters),
      ...flowAlertRoutes(alerts),
      ...metricsRoutes({ ...options, metricsToken: config.metricsToken }),
    ],
    start() {
      stopControls = controls.start();
      stopCounts = counts.start();
      stopAlerts = evaluator.start();
    },
    async stop() {
      stopControls();
      await stopAlerts();
      await stopCounts();
    },
  };
}
