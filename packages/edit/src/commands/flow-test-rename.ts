import { commandSchema, idSchema, nameSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { flowTestOf, freeFlowTestName } from '../flow-test-claims.ts';

/** Gives a test another name. Nothing refers to tests by name. */
export const flowTestRename = defineCommand({
  type: 'flowTest.rename',
  title: 'Rename test',
  schema: commandSchema('flowTest.rename', { test: idSchema, name: nameSchema }),
  value: 'name',
  apply({ app, draft }, { test, name }) {
    flowTestOf(app, test);
    freeFlowTestName(app, name, test);
    flowTestOf(draft, test).name = name;
  },
  touches: ({ test, name }) => [`/flowTests/${test}/name`, `/flow-test-names/${name.toLowerCase()}`],
});
