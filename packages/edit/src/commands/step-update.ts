import { Type } from 'typebox';
import { assignChanges } from '../assign-changes.ts';
import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { findStep, flowOf } from '../flow-steps.ts';
import { refuse } from '../refusal.ts';

/** What other commands change: they keep ids unique and names in step with expressions. */
const reserved: ReadonlySet<string> = new Set(['id', 'name', 'kind', 'steps', 'catch', 'finally', 'otherwise']);

/** Changes members of a step, each as a whole; null takes an optional one away. */
export const stepUpdate = defineCommand({
  type: 'step.update',
  title: 'Change step',
  schema: commandSchema('step.update', {
    flow: idSchema,
    step: idSchema,
    changes: Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { minProperties: 1 }),
  }),
  apply({ app, draft }, { flow, step, changes }) {
    findStep(flowOf(app, flow), step);
    const stray = Object.keys(changes).find((key) => reserved.has(key));
    if (stray !== undefined) {
      throw refuse(
        'step.reserved',
        `"${stray}" is not changed this way.`,
        'Rename, move, add or remove steps instead.',
      );
    }
    assignChanges(findStep(flowOf(draft, flow), step).step, changes);
  },
  touches: ({ flow, step }) => [`/flows/${flow}/steps/${step}`],
});
