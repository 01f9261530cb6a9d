import { Type } from 'typebox';
import { assignChanges } from '../assign-changes.ts';
import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { branchOf, findStep, flowOf } from '../flow-steps.ts';
import { refuse } from '../refusal.ts';

/** What other commands change: they keep ids unique and names in step with expressions. */
const reserved: ReadonlySet<string> = new Set(['id', 'name', 'kind', 'steps']);
/** Lists that a step may have or not: given as empty ones, or taken away with all in them. */
const optionalLists: ReadonlySet<string> = new Set(['catch', 'finally', 'otherwise']);

/**
 * Changes members of a step, each as a whole; null takes an optional one away. With `branch`, those of that branch, case
 * or lane instead.
 */
export const stepUpdate = defineCommand({
  type: 'step.update',
  title: 'Change step',
  schema: commandSchema('step.update', {
    flow: idSchema,
    step: idSchema,
    branch: Type.Optional(idSchema),
    changes: Type.Record(Type.String({ maxLength: 64 }), Type.Unknown(), { minProperties: 1 }),
  }),
  apply({ app, draft }, { flow, step, branch, changes }) {
    findStep(flowOf(app, flow), step);
    const stray = Object.keys(changes).find((key) => !mayChange(key, changes[key], branch !== undefined));
    if (stray !== undefined) {
      throw refuse(
        'step.reserved',
        `"${stray}" is not changed this way.`,
        'Rename, move, add or remove steps instead.',
      );
    }
    const target = findStep(flowOf(draft, flow), step).step;
    assignChanges(branch === undefined ? target : branchOf(target, branch), changes);
  },
  touches: ({ flow, step }) => [`/flows/${flow}/steps/${step}`],
});

function mayChange(key: string, value: unknown, isBranch: boolean): boolean {
  if (reserved.has(key)) return isBranch && key === 'name';
  return !optionalLists.has(key) || value === null || (Array.isArray(value) && value.length === 0);
}
