import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { flowTestOf } from '../flow-test-claims.ts';

/** Removes a test. */
export const flowTestRemove = defineCommand({
  type: 'flowTest.remove',
  title: 'Remove test',
  schema: commandSchema('flowTest.remove', { test: idSchema }),
  apply({ app, draft }, { test }) {
    flowTestOf(app, test);
    delete draft.flowTests[test];
  },
  touches: ({ test }) => [`/flowTests/${test}`],
});
