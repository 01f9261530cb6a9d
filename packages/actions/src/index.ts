import { implementFlowAction, type FlowActionExtension } from '@fettle/sdk/server';
import { aggregateRowsManifest } from './aggregate-rows/manifest.ts';
import { bulkRowsManifest } from './bulk-rows/manifest.ts';
import { createRowManifest } from './create-row/manifest.ts';
import { deleteRowManifest } from './delete-row/manifest.ts';
import { getRowManifest } from './get-row/manifest.ts';
import { httpRequestManifest } from './http-request/manifest.ts';
import { listRowsManifest } from './list-rows/manifest.ts';
import { logManifest } from './log/manifest.ts';
import { respondWebhookManifest } from './respond-webhook/manifest.ts';
import { runQueryManifest } from './run-query/manifest.ts';
import { runScriptManifest } from './run-script/manifest.ts';
import { updateRowManifest } from './update-row/manifest.ts';
import { upsertRowManifest } from './upsert-row/manifest.ts';

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
  implementFlowAction(httpRequestManifest, async () => (await import('./http-request/server.ts')).action),
  implementFlowAction(respondWebhookManifest, async () => (await import('./respond-webhook/server.ts')).action),
  implementFlowAction(runScriptManifest, async () => (await import('./run-script/server.ts')).action),
  implementFlowAction(logManifest, async () => (await import('./log/server.ts')).action),
];
