import type { FlowActionManifest, FlowTriggerManifest } from '@fettle/sdk';
import { logManifest } from './log/manifest.ts';
import { manualTriggerManifest } from './manual-trigger/manifest.ts';
import { scheduleTriggerManifest } from './schedule-trigger/manifest.ts';

/** Manifests of the built-in flow actions, in the order the builder offers them. */
export const flowActionManifests: readonly FlowActionManifest[] = [logManifest as unknown as FlowActionManifest];

/** Manifests of the built-in flow triggers, in the order the builder offers them. */
export const flowTriggerManifests: readonly FlowTriggerManifest[] = [
  manualTriggerManifest as unknown as FlowTriggerManifest,
  scheduleTriggerManifest as unknown as FlowTriggerManifest,
];
