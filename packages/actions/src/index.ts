import { implementFlowAction, type FlowActionExtension } from '@fettle/sdk/server';
import { logManifest } from './log/manifest.ts';

export { flowActionManifests, flowTriggerManifests } from './manifests.ts';

/** The built-in flow actions; their code loads on first use. */
export const flowActions: readonly FlowActionExtension[] = [
  implementFlowAction(logManifest, async () => (await import('./log/server.ts')).action),
];
