import type { FlowTest } from '@fettle/definition';
import { commandSchema, idSchema, nameSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { findStep, flowOf } from '../flow-steps.ts';
import { renameStepsIn } from '../rename-steps.ts';
import { renameStepInTest } from '../rename-test-steps.ts';

/** Gives a step another name and rewrites every expression of its flow that uses it, and the flow's tests. */
export const stepRename = defineCommand({
  type: 'step.rename',
  title: 'Rename step',
  schema: commandSchema('step.rename', { flow: idSchema, step: idSchema, name: nameSchema }),
  apply({ app, draft }, { flow, step, name }) {
    const before = flowOf(app, flow);
    const old = findStep(before, step).step.name;
    if (old === name) return;
    // What no expression changed is still shared with the app before: a copy may be written to.
    const steps = structuredClone(renameStepsIn(before.steps, new Map([[old, name]])));
    Object.assign(findStep({ steps }, step).step, { name });
    flowOf(draft, flow).steps = steps;
    for (const test of Object.values(app.flowTests)) {
      const renamed = renameStepInTest(test, app.flows, { flow, from: old, to: name });
      if (renamed !== undefined) draft.flowTests[test.id] = renamed;
    }
  },
  // Any expression of the flow may change, and every test that plays it.
  touches: ({ flow }, app) => [
    `/flows/${flow}/steps`,
    ...Object.values(app?.flowTests ?? {}).flatMap((test) => (plays(test, flow) ? [`/flowTests/${test.id}`] : [])),
  ],
});

/** Whether a test may name steps of a flow: it is the flow's, or runs what its steps call. */
function plays(test: FlowTest, flow: string): boolean {
  return test.flow === flow || (test.mocks ?? []).some(({ runs }) => runs === true);
}
