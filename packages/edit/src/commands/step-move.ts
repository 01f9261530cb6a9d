import { Type } from 'typebox';
import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { findStep, flowOf, isInside, stepListSchema, stepsAt } from '../flow-steps.ts';
import { refuse } from '../refusal.ts';

/** Moves a step with all inside it to another place of its flow. `index` counts without the moved step. */
export const stepMove = defineCommand({
  type: 'step.move',
  title: 'Move step',
  schema: commandSchema('step.move', {
    flow: idSchema,
    step: idSchema,
    to: stepListSchema,
    index: Type.Integer({ minimum: 0 }),
  }),
  apply({ app, draft }, { flow, step, to, index }) {
    const before = flowOf(app, flow);
    if (to.step !== undefined && isInside(before, to.step, step)) {
      throw refuse('step.into-itself', 'A step cannot be moved into itself.', 'Choose a place outside of it.');
    }
    const moved = findStep(before, step).step;
    const target = flowOf(draft, flow);
    const from = findStep(target, step);
    from.steps.splice(from.index, 1);
    stepsAt(target, to).splice(index, 0, moved);
  },
  touches: ({ flow }) => [`/flows/${flow}/steps`],
});
