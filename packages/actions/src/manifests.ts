import type { FlowActionManifest, FlowTriggerManifest } from '@fettle/sdk';
import { aggregateRowsManifest } from './aggregate-rows/manifest.ts';
import { amqpMessageTriggerManifest } from './amqp-message-trigger/manifest.ts';
import { askModelManifest } from './ask-model/manifest.ts';
import { buildCsvManifest } from './build-csv/manifest.ts';
import { buildJsonManifest } from './build-json/manifest.ts';
import { buildPdfManifest } from './build-pdf/manifest.ts';
import { buildXlsxManifest } from './build-xlsx/manifest.ts';
import { buildXmlManifest } from './build-xml/manifest.ts';
import { bulkRowsManifest } from './bulk-rows/manifest.ts';
import { callAutomationManifest } from './call-automation/manifest.ts';
import { checkTokenManifest } from './check-token/manifest.ts';
import { classifyTextManifest } from './classify-text/manifest.ts';
import { createRowManifest } from './create-row/manifest.ts';
import { databaseNoticeTriggerManifest } from './database-notice-trigger/manifest.ts';
import { deleteRowManifest } from './delete-row/manifest.ts';
import { emailReceivedTriggerManifest } from './email-received-trigger/manifest.ts';
import { extractValuesManifest } from './extract-values/manifest.ts';
import { fileTriggerManifest } from './file-trigger/manifest.ts';
import { flowEndedTriggerManifest } from './flow-ended-trigger/manifest.ts';
import { getRowManifest } from './get-row/manifest.ts';
import { githubIssueManifest } from './github-issue/manifest.ts';
import { httpRequestManifest } from './http-request/manifest.ts';
import { invalidateCacheManifest } from './invalidate-cache/manifest.ts';
import { jiraIssueManifest } from './jira-issue/manifest.ts';
import { listRowsManifest } from './list-rows/manifest.ts';
import { logManifest } from './log/manifest.ts';
import { makeHashManifest } from './make-hash/manifest.ts';
import { manualTriggerManifest } from './manual-trigger/manifest.ts';
import { mqttMessageTriggerManifest } from './mqtt-message-trigger/manifest.ts';
import { natsMessageTriggerManifest } from './nats-message-trigger/manifest.ts';
import { notifyUserManifest } from './notify-user/manifest.ts';
import { pagerdutyEventManifest } from './pagerduty-event/manifest.ts';
import { parseCsvManifest } from './parse-csv/manifest.ts';
import { parseJsonManifest } from './parse-json/manifest.ts';
import { parseXlsxManifest } from './parse-xlsx/manifest.ts';
import { parseXmlManifest } from './parse-xml/manifest.ts';
import { randomValueManifest } from './random-value/manifest.ts';
import { readFileManifest } from './read-file/manifest.ts';
import { redisStreamTriggerManifest } from './redis-stream-trigger/manifest.ts';
import { releaseTriggerManifest } from './release-trigger/manifest.ts';
import { respondWebhookManifest } from './respond-webhook/manifest.ts';
import { rowTriggerManifest } from './row-trigger/manifest.ts';
import { rowsPolledTriggerManifest } from './rows-polled-trigger/manifest.ts';
import { runQueryManifest } from './run-query/manifest.ts';
import { runScriptManifest } from './run-script/manifest.ts';
import { scheduleTriggerManifest } from './schedule-trigger/manifest.ts';
import { sendDiscordManifest } from './send-discord/manifest.ts';
import { sendEmailManifest } from './send-email/manifest.ts';
import { sendSlackManifest } from './send-slack/manifest.ts';
import { sendTeamsManifest } from './send-teams/manifest.ts';
import { servicenowRecordManifest } from './servicenow-record/manifest.ts';
import { signTokenManifest } from './sign-token/manifest.ts';
import { backupDatabaseManifest } from './backup-database/manifest.ts';
import { sshCommandManifest } from './ssh-command/manifest.ts';
import { startFlowManifest } from './start-flow/manifest.ts';
import { summariseTextManifest } from './summarise-text/manifest.ts';
import { transformListManifest } from './transform-list/manifest.ts';
import { translateTextManifest } from './translate-text/manifest.ts';
import { updateRowManifest } from './update-row/manifest.ts';
import { upsertRowManifest } from './upsert-row/manifest.ts';
import { userTriggerManifest } from './user-trigger/manifest.ts';
import { webhookTriggerManifest } from './webhook-trigger/manifest.ts';
import { writeFileManifest } from './write-file/manifest.ts';

/** Manifests of the built-in flow actions, in the order the builder offers them. */
export const flowActionManifests: readonly FlowActionManifest[] = [
  createRowManifest,
  updateRowManifest,
  upsertRowManifest,
  deleteRowManifest,
  getRowManifest,
  listRowsManifest,
  aggregateRowsManifest,
  bulkRowsManifest,
  runQueryManifest,
  invalidateCacheManifest,
  httpRequestManifest,
  respondWebhookManifest,
  runScriptManifest,
  startFlowManifest,
  logManifest,
  transformListManifest,
  parseCsvManifest,
  buildCsvManifest,
  parseXlsxManifest,
  buildXlsxManifest,
  parseJsonManifest,
  buildJsonManifest,
  parseXmlManifest,
  buildXmlManifest,
  buildPdfManifest,
  makeHashManifest,
  signTokenManifest,
  checkTokenManifest,
  randomValueManifest,
  readFileManifest,
  writeFileManifest,
  notifyUserManifest,
  sendEmailManifest,
  sendSlackManifest,
  sendTeamsManifest,
  sendDiscordManifest,
  pagerdutyEventManifest,
  servicenowRecordManifest,
  jiraIssueManifest,
  githubIssueManifest,
  callAutomationManifest,
  askModelManifest,
  classifyTextManifest,
  extractValuesManifest,
  summariseTextManifest,
  translateTextManifest,
  backupDatabaseManifest,
  sshCommandManifest,
] as unknown as readonly FlowActionManifest[];

/** Manifests of the built-in flow triggers, in the order the builder offers them. */
export const flowTriggerManifests: readonly FlowTriggerManifest[] = [
  manualTriggerManifest as unknown as FlowTriggerManifest,
  scheduleTriggerManifest as unknown as FlowTriggerManifest,
  rowTriggerManifest as unknown as FlowTriggerManifest,
  rowsPolledTriggerManifest as unknown as FlowTriggerManifest,
  databaseNoticeTriggerManifest as unknown as FlowTriggerManifest,
  webhookTriggerManifest as unknown as FlowTriggerManifest,
  flowEndedTriggerManifest as unknown as FlowTriggerManifest,
  releaseTriggerManifest as unknown as FlowTriggerManifest,
  userTriggerManifest as unknown as FlowTriggerManifest,
  fileTriggerManifest as unknown as FlowTriggerManifest,
  redisStreamTriggerManifest as unknown as FlowTriggerManifest,
  natsMessageTriggerManifest as unknown as FlowTriggerManifest,
  amqpMessageTriggerManifest as unknown as FlowTriggerManifest,
  mqttMessageTriggerManifest as unknown as FlowTriggerManifest,
  emailReceivedTriggerManifest as unknown as FlowTriggerManifest,
];
