import { VisuallyHidden } from '@mantine/core';
import { stepLists, type Flow } from '@fettle/definition';
import { useExtensions } from '../../../extensions.ts';
import { useView } from '../../design-context.ts';
import { placedSteps } from '../edit/step-tree.ts';
import { sectionsOf } from '../layout/sections.ts';
import { titleOf, typeTitle } from '../kinds/summary.ts';
import { useStepProblem } from './step-problems.ts';

/** Says what is selected to people who do not see it: the step, where it stands, and what is wrong with it. */
export function SelectionSpeech({ id, flow }: { readonly id: string; readonly flow: Flow }) {
  const { flows } = useExtensions();
  const steps = useView((state) => state.steps);
  const [only] = steps;
  const problem = useStepProblem(only ?? '');
  return (
    <VisuallyHidden id={id} role="status">
      {steps.length > 1
        ? `${steps.length} steps selected`
        : only === undefined
          ? 'Nothing selected'
          : [describe(flow, only, flows), problem?.message].filter((text) => text !== undefined).join('. ')}
    </VisuallyHidden>
  );
}

function describe(flow: Flow, id: string, manifests: ReturnType<typeof useExtensions>['flows']): string {
  if (id === 'trigger') {
    const manifest = manifests.triggers.find((one) => one.id === flow.trigger.type);
    return `Trigger: ${manifest?.title ?? flow.trigger.type}`;
  }
  const all = placedSteps(flow);
  const placed = all.get(id);
  if (placed === undefined) {
    const [owner = '', rest = ''] = id.split('/');
    const parent = all.get(owner)?.step;
    const lane =
      parent &&
      sectionsOf(parent)
        .flat()
        .find(({ list }) => rest.startsWith(`${list}:`));
    return parent === undefined ? 'No steps yet' : `Empty: ${lane?.label ?? ''} of ${titleOf(parent)}`;
  }
  const { step, place } = placed;
  const action = step.kind === 'action' ? manifests.actions.find((one) => one.id === step.type) : undefined;
  const parent = place.step === undefined ? undefined : all.get(place.step)?.step;
  const list =
    parent === undefined ? flow.steps : (stepLists(parent).find((one) => one.list === place.list)?.steps ?? []);
  const lane =
    parent &&
    sectionsOf(parent)
      .flat()
      .find((one) => one.list === place.list);
  const where = parent === undefined ? '' : `, in ${lane?.label ?? ''} of ${titleOf(parent)}`;
  const state = step.disabled === true ? ', disabled' : '';
  return `${titleOf(step)}, ${typeTitle(step, action)}${state}, step ${place.index + 1} of ${list.length}${where}`;
}
