import type { FlowActionManifest, FlowTriggerManifest } from '@fettle/sdk';
import { aggregateRowsManifest } from './aggregate-rows/manifest.ts';
import { bulkRowsManifest } from './bulk-rows/manifest.ts';
import { createRowManifest } from './create-row/manifest.ts';
import { deleteRowManifest } from './delete-row/manifest.ts';
import { getRowManifest } from './get-row/manifest.ts';
import { httpRequestManifest } from './http-request/manifest.ts';
import { listRowsManifest } from './list-rows/manifest.ts';
import { logManifest } from './log/manifest.ts';
import { manualTriggerManifest } from './manual-trigger/manifest.ts';
import { respondWebhookManifest } from './respond-webhook/manifest.ts';
import { runQueryManifest } from './run-query/manifest.ts';
import { runScriptManifest } from './run-script/manifest.ts';
import { updateRowManifest } from './update-row/manifest.ts';
import { upsertRowManifest } from './upsert-row/manifest.ts';

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
  httpRequestManifest,
  respondWebhookManifest,
  runScriptManifest,
  logManifest,
] as unknown as readonly FlowActionManifest[];

/** Manifests of the built-in flow triggers, in the order the builder offers them. */
export const flowTriggerManifests: readonly FlowTriggerManifest[] = [
  manualTriggerManifest as unknown as FlowTriggerManifest,
];
