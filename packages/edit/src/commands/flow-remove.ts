import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { flowOf } from '../flow-steps.ts';

/** Removes a flow. What starts it is named by `checkApp`. */
export const flowRemove = defineCommand({
  type: 'flow.remove',
  title: 'Remove flow',
  schema: commandSchema('flow.remove', { flow: idSchema }),
  apply({ app, draft }, { flow }) {
    flowOf(app, flow);
    delete draft.flows[flow];
  },
  touches: ({ flow }) => [`/flows/${flow}`],
});
