import { flowTestSchema } from '@fettle/definition';
import { Type } from 'typebox';
import { assignChanges } from '../assign-changes.ts';
import { commandSchema, idSchema, orNull } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { flowTestOf } from '../flow-test-claims.ts';

const { trigger, user, env, vars, clock, mocks, unmocked, expect } = flowTestSchema.properties;

/** Changes members of a test, each as a whole; null takes an optional one away. */
export const flowTestUpdate = defineCommand({
  type: 'flowTest.update',
  title: 'Change test',
  schema: commandSchema('flowTest.update', {
    test: idSchema,
    changes: Type.Object(
      {
        description: Type.Optional(orNull.text),
        disabled: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
        trigger: Type.Optional(trigger),
        user: Type.Optional(Type.Union([user, Type.Null()])),
        env: Type.Optional(Type.Union([env, Type.Null()])),
        vars: Type.Optional(Type.Union([vars, Type.Null()])),
        clock: Type.Optional(Type.Union([clock, Type.Null()])),
        mocks: Type.Optional(Type.Union([mocks, Type.Null()])),
        unmocked: Type.Optional(Type.Union([unmocked, Type.Null()])),
        expect: Type.Optional(expect),
      },
      { additionalProperties: false, minProperties: 1 },
    ),
  }),
  apply({ app, draft }, { test, changes }) {
    flowTestOf(app, test);
    assignChanges(flowTestOf(draft, test), changes);
  },
  touches: ({ test, changes }) => Object.keys(changes).map((key) => `/flowTests/${test}/${key}`),
});
