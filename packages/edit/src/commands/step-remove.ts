import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { findStep, flowOf } from '../flow-steps.ts';

/** Removes a step and all inside it. Expressions that name it are told by `checkApp`. */
export const stepRemove = defineCommand({
  type: 'step.remove',
  title: 'Remove step',
  schema: commandSchema('step.remove', { flow: idSchema, step: idSchema }),
  apply({ app, draft }, { flow, step }) {
    findStep(flowOf(app, flow), step);
    const { steps, index } = findStep(flowOf(draft, flow), step);
    steps.splice(index, 1);
  },
  touches: ({ flow }) => [`/flows/${flow}/steps`],
});
