import { createShortId, uniqueName } from '@fettle/base';
import type { Flow } from '@fettle/definition';
import { copiesFor } from '../edit/clipboard.ts';

/** A name that no flow of the app has. */
export function freeFlowName(flows: readonly Flow[], base: string): string {
  return uniqueName(base, (name) => flows.some((flow) => flow.name.toLowerCase() === name.toLowerCase()));
}

/** A new flow with a trigger and no steps. */
export function newFlow(flows: readonly Flow[], trigger: string, base: string): Flow {
  return {
    id: createShortId('flw'),
    name: freeFlowName(flows, base),
    trigger: { type: trigger, settings: {} },
    steps: [],
  };
}

/** A copy of a flow under another name, with ids of its own. Disabled: two flows must not answer one event by accident. */
export function copyFlow(flows: readonly Flow[], flow: Flow): Flow {
  return {
    ...structuredClone(flow),
    id: createShortId('flw'),
    name: freeFlowName(flows, flow.name),
    disabled: true,
    steps: copiesFor({ steps: [] }, flow.steps),
  };
}
