import { createShortId, nameFromLabel, uniqueName } from '@fettle/base';
import type { Flow, FlowStep, FlowStepBase } from '@fettle/definition';
import type { FlowActionManifest } from '@fettle/sdk';
import { stepKinds } from '../kinds/step-kinds.ts';
import { placedSteps } from './step-tree.ts';

/** What the palette offers: a step kind by its entry's id, or an action by its type. */
export type PaletteChoice =
  | { readonly kind: 'step'; readonly id: string }
  | { readonly kind: 'action'; readonly type: string };

/** A new step of a flow, with a free name. */
export function newStep(
  flow: Pick<Flow, 'steps'>,
  choice: PaletteChoice,
  actions: readonly FlowActionManifest[],
): FlowStep | undefined {
  const names = new Set([...placedSteps(flow).values()].map(({ step }) => step.name));
  const base = (title: string): FlowStepBase => ({
    id: createShortId('stp'),
    name: uniqueName(nameFromLabel(title, 'step'), (candidate) => names.has(candidate)),
  });
  if (choice.kind === 'step') {
    const info = stepKinds.find(({ id }) => id === choice.id);
    return info?.create(base(info.title));
  }
  const manifest = actions.find(({ id }) => id === choice.type);
  return manifest && { ...base(manifest.title), kind: 'action', type: manifest.id, settings: {} };
}
