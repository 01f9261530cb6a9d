import { flowSchema } from '@fettle/definition';
import { Type } from 'typebox';
import { assignChanges } from '../assign-changes.ts';
import { commandSchema, idSchema, orNull } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { flowOf } from '../flow-steps.ts';

const { trigger, inputs, variables, timeoutMs, concurrency, rateLimit, retention } = flowSchema.properties;

/** Changes members of a flow but its steps, each as a whole; null takes an optional one away. */
export const flowUpdate = defineCommand({
  type: 'flow.update',
  title: 'Change flow',
  schema: commandSchema('flow.update', {
    flow: idSchema,
    changes: Type.Object(
      {
        description: Type.Optional(orNull.text),
        disabled: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
        trigger: Type.Optional(trigger),
        inputs: Type.Optional(Type.Union([inputs, Type.Null()])),
        variables: Type.Optional(Type.Union([variables, Type.Null()])),
        timeoutMs: Type.Optional(Type.Union([timeoutMs, Type.Null()])),
        concurrency: Type.Optional(Type.Union([concurrency, Type.Null()])),
        rateLimit: Type.Optional(Type.Union([rateLimit, Type.Null()])),
        retention: Type.Optional(Type.Union([retention, Type.Null()])),
        access: Type.Optional(orNull.rule),
      },
      { additionalProperties: false, minProperties: 1 },
    ),
  }),
  apply({ app, draft }, { flow, changes }) {
    flowOf(app, flow);
    assignChanges(flowOf(draft, flow), changes);
  },
  touches: ({ flow, changes }) => Object.keys(changes).map((key) => `/flows/${flow}/${key}`),
});
