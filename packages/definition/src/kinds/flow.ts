import { Type, type Static } from 'typebox';
import { accessRuleSchema, bindableText, flowInputSchema, idSchema, nameSchema, settingsSchema } from './common.ts';
import type { FlowStep } from './flow-step.ts';

/** Version of the flow document. */
export const flowVersion = 2;

/** What starts a flow: a trigger type and its settings. */
export const flowTriggerSchema = Type.Object(
  { type: Type.String({ minLength: 1, maxLength: 100 }), settings: settingsSchema },
  { additionalProperties: false },
);

/** How long runs are kept: for days, and the newest ones only. */
const keptRuns = Type.Object(
  {
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  },
  { additionalProperties: false },
);

/** A trigger and a tree of steps. The nested steps are checked by the invariant `flow-steps`. */
export const flowSchema = Type.Object(
  {
    id: idSchema,
    /** Unique in the app. */
    name: nameSchema,
    description: Type.Optional(Type.String({ maxLength: 1000 })),
    /** A disabled flow is never started by its trigger. */
    disabled: Type.Optional(Type.Boolean()),
    trigger: flowTriggerSchema,
    /** Typed inputs when another flow or an app starts it. */
    inputs: Type.Optional(Type.Array(flowInputSchema, { maxItems: 100 })),
    /** What expressions call `vars.<name>`. */
    variables: Type.Optional(
      Type.Array(Type.Object({ name: nameSchema, initial: Type.Unknown() }, { additionalProperties: false }), {
        maxItems: 200,
      }),
    ),
    steps: Type.Unsafe<readonly FlowStep[]>(Type.Array(Type.Unknown(), { maxItems: 1000 })),
    /** The whole run must end within. */
    timeoutMs: Type.Optional(Type.Integer({ minimum: 1000, maximum: 31_536_000_000 })),
    /** How many runs may be under way at once, per value of `key` when given. */
    concurrency: Type.Optional(
      Type.Object(
        { limit: Type.Integer({ minimum: 1, maximum: 1000 }), key: Type.Optional(bindableText) },
        { additionalProperties: false },
      ),
    ),
    /** How many runs may begin in any period of so many milliseconds, per value of `key` when given. Others wait. */
    rateLimit: Type.Optional(
      Type.Object(
        {
          limit: Type.Integer({ minimum: 1, maximum: 1000 }),
          periodMs: Type.Integer({ minimum: 1000, maximum: 86_400_000 }),
          key: Type.Optional(bindableText),
        },
        { additionalProperties: false },
      ),
    ),
    /** How long its runs are kept. Without it: as long as the installation keeps runs. */
    retention: Type.Optional(
      Type.Object(
        { succeeded: Type.Optional(keptRuns), failed: Type.Optional(keptRuns) },
        { additionalProperties: false },
      ),
    ),
    /** Who may start it from an app. Without one: the roles that see a component which starts it. */
    access: Type.Optional(accessRuleSchema),
  },
  { additionalProperties: false },
);

/** See {@link flowSchema}. */
export type Flow = Static<typeof flowSchema>;
/** See {@link flowTriggerSchema}. */
export type FlowTrigger = Static<typeof flowTriggerSchema>;
