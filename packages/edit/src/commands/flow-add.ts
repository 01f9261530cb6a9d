import { flowSchema } from '@fettle/definition';
import { commandSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { freeFlowName } from '../flow-steps.ts';
import { refuse } from '../refusal.ts';

/** Adds a flow, given as a whole. */
export const flowAdd = defineCommand({
  type: 'flow.add',
  title: 'Add flow',
  schema: commandSchema('flow.add', { flow: flowSchema }),
  apply({ app, draft }, { flow }) {
    if (Object.hasOwn(app.flows, flow.id)) {
      throw refuse('flow.id-taken', `The app has a flow "${flow.id}" already.`, 'Use a new id.');
    }
    freeFlowName(app, flow.name, flow.id);
    draft.flows[flow.id] = flow;
  },
  touches: ({ flow }) => [`/flows/${flow.id}`, `/flow-names/${flow.name.toLowerCase()}`],
});
