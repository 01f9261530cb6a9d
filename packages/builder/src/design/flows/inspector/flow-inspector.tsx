import { useEffect } from 'react';
import type { Flow } from '@fettle/definition';
import { preloadBindingEditor } from '../../binding/binding-field.tsx';
import { useView } from '../../design-context.ts';
import { useAfterPaint } from '../../inspector/use-after-paint.ts';
import { placedSteps } from '../edit/step-tree.ts';
import { FlowSettings } from './flow-settings.tsx';
import { SeveralSteps } from './several-steps.tsx';
import { StepSettings } from './step-settings.tsx';
import { TriggerSettings } from './trigger-settings.tsx';

/** Settings of what is selected in a flow: a step, several, the trigger, or the flow itself. */
export function FlowInspector({ flow }: { readonly flow: Flow }) {
  const selection = useAfterPaint(useView((state) => state.steps));
  useEffect(() => {
    const timer = setTimeout(preloadBindingEditor, 1500);
    return () => clearTimeout(timer);
  }, []);
  const [id] = selection;
  if (selection.length === 1 && id === 'trigger') return <TriggerSettings key={flow.id} flow={flow} />;
  const all = placedSteps(flow);
  const steps = selection.flatMap((one) => {
    const placed = all.get(one);
    return placed === undefined ? [] : [placed.step];
  });
  const [step] = steps;
  if (steps.length > 1) return <SeveralSteps count={steps.length} />;
  if (step !== undefined) return <StepSettings key={step.id} flow={flow} step={step} />;
  return <FlowSettings key={flow.id} flow={flow} />;
}
