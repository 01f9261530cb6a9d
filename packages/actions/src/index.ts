import {
  implementFlowAction,
  implementFlowTrigger,
  type FlowActionExtension,
  type FlowTriggerExtension,
} from '@fettle/sdk/server';
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
import { getRowManifest } from './get-row/manifest.ts';
import { githubIssueManifest } from './github-issue/manifest.ts';
import { httpRequestManifest } from './http-request/manifest.ts';
import { invalidateCacheManifest } from './invalidate-cache/manifest.ts';
import { jiraIssueManifest } from './jira-issue/manifest.ts';
import { listRowsManifest } from './list-rows/manifest.ts';
import { logManifest } from './log/manifest.ts';
import { makeHashManifest } from './make-hash/manifest.ts';
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
import { respondWebhookManifest } from './respond-webhook/manifest.ts';
import { rowsPolledTriggerManifest } from './rows-polled-trigger/manifest.ts';
import { runQueryManifest } from './run-query/manifest.ts';
import { runScriptManifest } from './run-script/manifest.ts';
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
import { writeFileManifest } from './write-file/manifest.ts';

export { flowActionManifests, flowTriggerManifests } from './manifests.ts';

/** The built-in flow actions; their code loads on first use. */
export const flowActions: readonly FlowActionExtension[] = [
  implementFlowAction(createRowManifest, async () => (await import('./create-row/server.ts')).action),
  implementFlowAction(updateRowManifest, async () => (await import('./update-row/server.ts')).action),
  implementFlowAction(upsertRowManifest, async () => (await import('./upsert-row/server.ts')).action),
  implementFlowAction(deleteRowManifest, async () => (await import('./delete-row/server.ts')).action),
  implementFlowAction(getRowManifest, async () => (await import('./get-row/server.ts')).action),
  implementFlowAction(listRowsManifest, async () => (await import('./list-rows/server.ts')).action),
  implementFlowAction(aggregateRowsManifest, async () => (await import('./aggregate-rows/server.ts')).action),
  implementFlowAction(bulkRowsManifest, async () => (await import('./bulk-rows/server.ts')).action),
  implementFlowAction(runQueryManifest, async () => (await import('./run-query/server.ts')).action),
  implementFlowAction(invalidateCacheManifest, async () => (await import('./invalidate-cache/server.ts')).action),
  implementFlowAction(httpRequestManifest, async () => (await import('./http-request/server.ts')).action),
  implementFlowAction(respondWebhookManifest, async () => (await import('./respond-webhook/server.ts')).action),
  implementFlowAction(runScriptManifest, async () => (await import('./run-script/server.ts')).action),
  implementFlowAction(startFlowManifest, async () => (await import('./start-flow/server.ts')).action),
  implementFlowAction(logManifest, async () => (await import('./log/server.ts')).action),
  implementFlowAction(transformListManifest, async () => (await import('./transform-list/server.ts')).action),
  implementFlowAction(parseCsvManifest, async () => (await import('./parse-csv/server.ts')).action),
  implementFlowAction(buildCsvManifest, async () => (await import('./build-csv/server.ts')).action),
  implementFlowAction(parseXlsxManifest, async () => (await import('./parse-xlsx/server.ts')).action),
  implementFlowAction(buildXlsxManifest, async () => (await import('./build-xlsx/server.ts')).action),
  implementFlowAction(parseJsonManifest, async () => (await import('./parse-json/server.ts')).action),
  implementFlowAction(buildJsonManifest, async () => (await import('./build-json/server.ts')).action),
  implementFlowAction(parseXmlManifest, async () => (await import('./parse-xml/server.ts')).action),
  implementFlowAction(buildXmlManifest, async () => (await import('./build-xml/server.ts')).action),
  implementFlowAction(buildPdfManifest, async () => (await import('./build-pdf/server.ts')).action),
  implementFlowAction(makeHashManifest, async () => (await import('./make-hash/server.ts')).action),
  implementFlowAction(signTokenManifest, async () => (await import('./sign-token/server.ts')).action),
  implementFlowAction(checkTokenManifest, async () => (await import('./check-token/server.ts')).action),
  implementFlowAction(randomValueManifest, async () => (await import('./random-value/server.ts')).action),
  implementFlowAction(readFileManifest, async () => (await import('./read-file/server.ts')).action),
  implementFlowAction(writeFileManifest, async () => (await import('./write-file/server.ts')).action),
  implementFlowAction(notifyUserManifest, async () => (await import('./notify-user/server.ts')).action),
  implementFlowAction(sendEmailManifest, async () => (await import('./send-email/server.ts')).action),
  implementFlowAction(sendSlackManifest, async () => (await import('./send-slack/server.ts')).action),
  implementFlowAction(sendTeamsManifest, async () => (await import('./send-teams/server.ts')).action),
  implementFlowAction(sendDiscordManifest, async () => (await import('./send-discord/server.ts')).action),
  implementFlowAction(pagerdutyEventManifest, async () => (await import('./pagerduty-event/server.ts')).action),
  implementFlowAction(servicenowRecordManifest, async () => (await import('./servicenow-record/server.ts')).action),
  implementFlowAction(jiraIssueManifest, async () => (await import('./jira-issue/server.ts')).action),
  implementFlowAction(githubIssueManifest, async () => (await import('./github-issue/server.ts')).action),
  implementFlowAction(callAutomationManifest, async () => (await import('./call-automation/server.ts')).action),
  implementFlowAction(askModelManifest, async () => (await import('./ask-model/server.ts')).action),
  implementFlowAction(classifyTextManifest, async () => (await import('./classify-text/server.ts')).action),
  implementFlowAction(extractValuesManifest, async () => (await import('./extract-values/server.ts')).action),
  implementFlowAction(summariseTextManifest, async () => (await import('./summarise-text/server.ts')).action),
  implementFlowAction(translateTextManifest, async () => (await import('./translate-text/server.ts')).action),
  implementFlowAction(backupDatabaseManifest, async () => (await import('./backup-database/server.ts')).action),
  implementFlowAction(sshCommandManifest, async () => (await import('./ssh-command/server.ts')).action),
];

/** The built-in triggers that the server keeps at work; their code loads when a release has one. */
export const flowTriggers: readonly FlowTriggerExtension[] = [
  implementFlowTrigger(
    rowsPolledTriggerManifest,
    async () => (await import('./rows-polled-trigger/server.ts')).trigger,
  ),
  implementFlowTrigger(
    databaseNoticeTriggerManifest,
    async () => (await import('./database-notice-trigger/server.ts')).trigger,
  ),
  implementFlowTrigger(
    redisStreamTriggerManifest,
    async () => (await import('./redis-stream-trigger/server.ts')).trigger,
  ),
  implementFlowTrigger(
    natsMessageTriggerManifest,
    async () => (await import('./nats-message-trigger/server.ts')).trigger,
  ),
  implementFlowTrigger(
    amqpMessageTriggerManifest,
    async () => (await import('./amqp-message-trigger/server.ts')).trigger,
  ),
  implementFlowTrigger(
    mqttMessageTriggerManifest,
    async () => (await import('./mqtt-message-trigger/server.ts')).trigger,
  ),
  implementFlowTrigger(
    emailReceivedTriggerManifest,
    async () => (await import('./email-received-trigger/server.ts')).trigger,
  ),
];
