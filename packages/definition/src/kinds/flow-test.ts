import { Type, type Static } from 'typebox';
import { bindableText, idSchema, nameSchema } from './common.ts';

/** Version of the document of a flow's test. */
export const flowTestVersion = 1;

const json = Type.Unknown();
const values = Type.Record(Type.String({ maxLength: 64 }), json, { maxProperties: 200 });
const strict = { additionalProperties: false } as const;

/** Turns of the loops around a step, outermost first, counted from 1. */
const turns = Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 12 });

/**
 * Names of the steps that call the flow in which a step is, outermost first: each calls a flow that the test really runs.
 * Turns are then those of all loops around, from the outermost flow inwards.
 */
const within = Type.Array(nameSchema, { minItems: 1, maxItems: 20 });

/** The error a mocked step fails with, as expressions and `catch` see it. */
const mockedErrorSchema = Type.Object(
  {
    code: Type.String({ minLength: 1, maxLength: 100 }),
    message: Type.String({ maxLength: 2000 }),
    hint: Type.Optional(Type.String({ maxLength: 2000 })),
    details: Type.Optional(json),
  },
  strict,
);

/**
 * What a step gives in a test instead of what it would do. For an action or a called flow the output; for a wait the
 * answer that it gets; for a loop over a table the rows. With `turns` or `call` it holds there alone, and goes before one
 * that holds everywhere.
 */
export const flowMockSchema = Type.Object(
  {
    /** Name of the step. */
    step: nameSchema,
    within: Type.Optional(within),
    turns: Type.Optional(turns),
    /** Only the try of this number, counted from 1 over all turns and retries of the step. */
    call: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    /** One of these four. */
    output: Type.Optional(json),
    error: Type.Optional(mockedErrorSchema),
    /** A wait that nobody answers before its deadline, or a called flow that does not come back. */
    expires: Type.Optional(Type.Literal(true)),
    /** The flow that the step calls or starts really runs; mocks `within` the step stand for what reaches outside there. */
    runs: Type.Optional(Type.Literal(true)),
  },
  strict,
);

/** What a value must be: exactly this, this among more, or what makes an expression over `value` true. */
export const expectedValueSchema = Type.Union([
  Type.Object({ equals: json }, strict),
  Type.Object({ includes: json }, strict),
  Type.Object({ that: bindableText }, strict),
]);

/** What must have become of a step: in one turn of its loops, or each time it ran. */
export const expectedStepSchema = Type.Object(
  {
    step: nameSchema,
    within: Type.Optional(within),
    turns: Type.Optional(turns),
    /** How often it ran, over all turns. */
    times: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    state: Type.Optional(Type.Union([Type.Literal('succeeded'), Type.Literal('failed'), Type.Literal('waiting')])),
    input: Type.Optional(expectedValueSchema),
    output: Type.Optional(expectedValueSchema),
  },
  strict,
);

const stepNames = Type.Array(nameSchema, { maxItems: 1000 });

/** A test of a flow: what starts it, what its steps are given instead of the world, and what must come of it. */
export const flowTestSchema = Type.Object(
  {
    id: idSchema,
    /** Unique in the app, as its file is called after it. */
    name: nameSchema,
    description: Type.Optional(Type.String({ maxLength: 2000 })),
    flow: idSchema,
    /** Left out when all tests are run. */
    disabled: Type.Optional(Type.Boolean()),
    /** What expressions call `trigger`. Nothing in it is a binding. */
    trigger: Type.Optional(json),
    /** Who started it; absent: nobody. */
    user: Type.Optional(
      Type.Object(
        {
          id: Type.String({ maxLength: 100 }),
          email: Type.String({ maxLength: 320 }),
          name: Type.String({ maxLength: 200 }),
        },
        strict,
      ),
    ),
    /** What expressions call `env`, besides its name. */
    env: Type.Optional(values),
    /** Variables that begin otherwise than the flow says. */
    vars: Type.Optional(values),
    /** When it starts, such as `2030-01-31T09:00:00Z`. The clock stands still but for waits, which are jumped over. */
    clock: Type.Optional(Type.String({ maxLength: 40 })),
    mocks: Type.Optional(Type.Array(flowMockSchema, { maxItems: 1000 })),
    /**
     * Steps that reach outside and have no mock: `fail` (as without it) ends the test there, `succeed` lets them succeed
     * with nothing as their output. Steps that only compute really run.
     */
    unmocked: Type.Optional(Type.Union([Type.Literal('fail'), Type.Literal('succeed')])),
    expect: Type.Object(
      {
        /** How the run ends; `waiting` for an answer that no mock gives. */
        state: Type.Union([Type.Literal('succeeded'), Type.Literal('failed'), Type.Literal('waiting')]),
        /** Of a failed run: its code, or a part of its message. */
        error: Type.Optional(
          Type.Object(
            {
              code: Type.Optional(Type.String({ maxLength: 100 })),
              message: Type.Optional(Type.String({ maxLength: 2000 })),
              step: Type.Optional(nameSchema),
            },
            strict,
          ),
        ),
        /** What it returns. */
        output: Type.Optional(expectedValueSchema),
        /** Steps that run, in this order; others may run between them. */
        order: Type.Optional(stepNames),
        steps: Type.Optional(Type.Array(expectedStepSchema, { maxItems: 1000 })),
        /** Steps that must not run. */
        never: Type.Optional(stepNames),
        /** Expressions that must be true at the end. They see what the flow's see, and `output` and `error`. */
        that: Type.Optional(Type.Array(bindableText, { maxItems: 100 })),
      },
      strict,
    ),
  },
  strict,
);

/** See {@link flowTestSchema}. */
export type FlowTest = Static<typeof flowTestSchema>;
/** See {@link flowMockSchema}. */
export type FlowMock = Static<typeof flowMockSchema>;
/** See {@link expectedValueSchema}. */
export type ExpectedValue = Static<typeof expectedValueSchema>;
/** See {@link expectedStepSchema}. */
export type ExpectedStep = Static<typeof expectedStepSchema>;
