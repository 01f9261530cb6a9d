import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { flowOf } from '../flow-steps.ts';

/** Removes a flow with its tests. What starts it is named by `checkApp`. */
export const flowRemove = defineCommand({
  type: 'flow.remove',
  title: 'Remove flow',
  schema: commandSchema('flow.remove', { flow: idSchema }),
  apply({ app, draft }, { flow }) {
    flowOf(app, flow);
    delete draft.flows[flow];
    for (const test of Object.values(app.flowTests)) if (test.flow === flow) delete draft.flowTests[test.id];
  },
  touches: ({ flow }, app) => [
    `/flows/${flow}`,
    ...Object.values(app?.flowTests ?? {}).flatMap((test) => (test.flow === flow ? [`/flowTests/${test.id}`] : [])),
  ],
});
