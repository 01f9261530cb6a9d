import type { Migration } from './migrate.ts';
import { accounts } from './migrations/000001-accounts.ts';
import { apps } from './migrations/000002-apps.ts';
import { dataSources } from './migrations/000010-data-sources.ts';
import { files } from './migrations/000011-files.ts';
import { flowRuns } from './migrations/000020-flow-runs.ts';
import { flowWaits } from './migrations/000021-flow-waits.ts';
import { storedSecrets } from './migrations/000023-stored-secrets.ts';
import { flowReplies } from './migrations/000031-flow-replies.ts';
import { flowSchedules } from './migrations/000030-flow-schedules.ts';
import { flowTriggers } from './migrations/000034-flow-triggers.ts';
import { flowSources } from './migrations/000036-flow-sources.ts';
import { firstSignIn } from './migrations/000035-first-sign-in.ts';
import { plugins } from './migrations/000046-plugins.ts';
import { pluginUpdates } from './migrations/000032-plugin-updates.ts';
import { storedFileParts } from './migrations/000052-stored-file-parts.ts';
import { lostRuns } from './migrations/000048-lost-runs.ts';
import { leanRunIndexes } from './migrations/000049-lean-run-indexes.ts';
import { stagedFiles } from './migrations/000057-staged-files.ts';
import { escalationLevels } from './migrations/000056-escalation-levels.ts';
import { queueKeys } from './migrations/000060-queue-keys.ts';
import { eventActionRequests } from './migrations/000061-event-action-requests.ts';
import { queueIndexes } from './migrations/000053-queue-indexes.ts';
import { notifications } from './migrations/000038-notifications.ts';
import { approvals } from './migrations/000039-approvals.ts';
import { flowReruns } from './migrations/000040-flow-reruns.ts';
import { releaseTests } from './migrations/000045-release-tests.ts';
import { flowOperations } from './migrations/000042-flow-operations.ts';
import { flowMetrics } from './migrations/000043-flow-metrics.ts';
import { flowAlerts } from './migrations/000044-flow-alerts.ts';
import { pluginTrust } from './migrations/000047-plugin-trust.ts';
import { releaseFunctions } from './migrations/000059-release-functions.ts';
import { templateInstalls } from './migrations/000058-template-installs.ts';

/** Every migration, in order. 000001 to 000009: accounts and apps; from 000010: data; from 000020: flows. */
export const migrations: readonly Migration[] = [
  accounts,
  apps,
  dataSources,
  files,
  flowRuns,
  flowWaits,
  storedSecrets,
  flowSchedules,
  flowReplies,
  flowTriggers,
  firstSignIn,
  flowSources,
  notifications,
  approvals,
  flowReruns,
  releaseTests,
  flowOperations,
  flowMetrics,
  flowAlerts,
  plugins,
  pluginTrust,
  lostRuns,
  leanRunIndexes,
  storedFileParts,
  queueIndexes,
  pluginUpdates,
  escalationLevels,
  stagedFiles,
  queueKeys,
  eventActionRequests,
  templateInstalls,
  releaseFunctions,
];
