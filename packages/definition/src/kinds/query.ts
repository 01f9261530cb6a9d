import { Type, type Static } from 'typebox';
import { accessRuleSchema, idSchema, nameSchema, parameterSchema, settingsSchema } from './common.ts';

/** Version of the query document. */
export const queryVersion = 1;

/** A named, parameterised operation against a data source. */
export const querySchema = Type.Object(
  {
    id: idSchema,
    /** Unique in the app; what expressions call it: `queries.<name>`. */
    name: nameSchema,
    description: Type.Optional(Type.String({ maxLength: 1000 })),
    dataSource: idSchema,
    /** A query kind of the data source's connector: `sql`, `http` … */
    kind: Type.String({ minLength: 1, maxLength: 60 }),
    /** The kind's settings, e.g. `{ sql }`. Never sent to end users. */
    settings: settingsSchema,
    parameters: Type.Array(parameterSchema, { maxItems: 100 }),
    mode: Type.Union([Type.Literal('read'), Type.Literal('write')]),
    /** `load`: read queries run by themselves where a screen uses them. `manual`: only by an event action. */
    run: Type.Union([Type.Literal('load'), Type.Literal('manual')]),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 300_000 })),
    maxRows: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    /** Columns of the result, inferred from a test run: for completion and checks. */
    result: Type.Optional(
      Type.Array(
        Type.Object(
          { name: Type.String({ maxLength: 260 }), type: Type.String({ maxLength: 30 }) },
          { additionalProperties: false },
        ),
        { maxItems: 1000 },
      ),
    ),
    /** Without one: the roles that can see at least one component using the query. */
    access: Type.Optional(accessRuleSchema),
  },
  { additionalProperties: false },
);

/** See {@link querySchema}. */
export type Query = Static<typeof querySchema>;
