import { useEffect } from 'react';
import type { Flow } from '@fettle/definition';
import { useDesign, useView } from '../design-context.ts';
import { FlowCanvas } from './canvas/flow-canvas.tsx';
import { flowDropHandler } from './canvas/flow-drag.ts';
import { useStepEdits } from './edit/use-step-edits.ts';
import { PauseBanner } from './pause/pause-banner.tsx';
import { RunsDock } from './runs/runs-dock.tsx';
import { TestsDock } from './tests/tests-dock.tsx';

/** The flow in the middle. */
export function FlowEditor({ flow }: { readonly flow: Flow }) {
  const { session, view } = useDesign();
  const edits = useStepEdits();
  useEffect(() => {
    flowDropHandler.current = {
      flow: () => session.store.getState().app.flows[view.getState().flow ?? ''],
      drop: (item, place) => {
        if (item.kind === 'new') edits.add(item.choice, place);
        else edits.move(item.ids, place);
      },
    };
    return () => {
      flowDropHandler.current = undefined;
    };
  }, [edits, session, view]);
  const isRunsOpen = useView((state) => state.isRunsOpen);
  const isTestsOpen = useView((state) => state.isTestsOpen);
  return (
    <>
      <PauseBanner flow={flow.id} />
      <FlowCanvas flow={flow} />
      {isRunsOpen && <RunsDock flow={flow} />}
      {isTestsOpen && !isRunsOpen && <TestsDock key={flow.id} flow={flow} />}
    </>
  );
}
