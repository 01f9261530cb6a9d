import type { FlowStep } from '@fettle/definition';
import { Type } from 'typebox';
import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { flowOf, stepListSchema, stepsAt } from '../flow-steps.ts';

/** Adds a step with all inside it to a list of steps; at the end when `index` is past it. Names and ids must be free. */
export const stepAdd = defineCommand({
  type: 'step.add',
  title: 'Add step',
  schema: commandSchema('step.add', {
    flow: idSchema,
    to: stepListSchema,
    index: Type.Integer({ minimum: 0 }),
    step: Type.Unsafe<FlowStep>({ type: 'object' }),
  }),
  apply({ app, draft }, { flow, to, index, step }) {
    flowOf(app, flow);
    stepsAt(flowOf(draft, flow), to).splice(index, 0, step);
  },
  touches: ({ flow }) => [`/flows/${flow}/steps`],
});
