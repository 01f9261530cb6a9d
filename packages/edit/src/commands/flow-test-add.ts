import { flowTestSchema } from '@fettle/definition';
import { commandSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { flowOf } from '../flow-steps.ts';
import { freeFlowTestName } from '../flow-test-claims.ts';
import { refuse } from '../refusal.ts';

/** Adds a test of a flow, given as a whole. */
export const flowTestAdd = defineCommand({
  type: 'flowTest.add',
  title: 'Add test',
  schema: commandSchema('flowTest.add', { test: flowTestSchema }),
  apply({ app, draft }, { test }) {
    flowOf(app, test.flow);
    if (Object.hasOwn(app.flowTests, test.id)) {
      throw refuse('flow-test.id-taken', `The app has a test "${test.id}" already.`, 'Use a new id.');
    }
    freeFlowTestName(app, test.name, test.id);
    draft.flowTests[test.id] = test;
  },
  touches: ({ test }) => [`/flowTests/${test.id}`, `/flow-test-names/${test.name.toLowerCase()}`],
});
