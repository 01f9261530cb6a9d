import { commandSchema, idSchema, nameSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { flowOf, freeFlowName } from '../flow-steps.ts';

/** Gives a flow another name. Everything refers to flows by id. */
export const flowRename = defineCommand({
  type: 'flow.rename',
  title: 'Rename flow',
  schema: commandSchema('flow.rename', { flow: idSchema, name: nameSchema }),
  value: 'name',
  apply({ app, draft }, { flow, name }) {
    flowOf(app, flow);
    freeFlowName(app, name, flow);
    flowOf(draft, flow).name = name;
  },
  touches: ({ flow, name }) => [`/flows/${flow}/name`, `/flow-names/${name.toLowerCase()}`],
});
