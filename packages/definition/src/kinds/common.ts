import { Type, type Static } from 'typebox';
import { namePattern } from '@fettle/base';

/** An id inside a definition: a kind prefix, `_`, then letters and digits. Stable for the life of the thing. */
export const idSchema = Type.String({ pattern: '^[a-z]{1,8}_[A-Za-z0-9]{1,40}$' });

/** A name that expressions use. */
export const nameSchema = Type.String({ pattern: namePattern });

/** Any JSON, checked against a manifest elsewhere. Texts may hold bindings. */
export const settingsSchema = Type.Record(Type.String({ maxLength: 64 }), Type.Unknown());

/** A text that may hold `{{ }}`. */
export const bindableText = Type.String({ maxLength: 20_000 });

/** Who may: a list of role ids. A role that inherits a listed role may, too. */
export const accessRuleSchema = Type.Object(
  { roles: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 50 }) },
  { additionalProperties: false },
);

/** See {@link accessRuleSchema}. */
export type AccessRule = Static<typeof accessRuleSchema>;

/** A named value an app or a screen keeps while it is open. */
export const stateVariableSchema = Type.Object(
  {
    id: idSchema,
    name: nameSchema,
    initial: Type.Unknown(),
    description: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
);

/** See {@link stateVariableSchema}. */
export type StateVariable = Static<typeof stateVariableSchema>;

/** A type of a query's parameter or a flow's input. */
export const parameterTypes = [
  'text',
  'integer',
  'number',
  'decimal',
  'boolean',
  'date',
  'timestamp',
  'json',
  'list',
] as const;

/** A typed input of a query. */
export const parameterSchema = Type.Object(
  {
    name: nameSchema,
    type: Type.Unsafe<(typeof parameterTypes)[number]>(Type.Union(parameterTypes.map((type) => Type.Literal(type)))),
    required: Type.Optional(Type.Boolean()),
    /** Used when the caller leaves the parameter out. */
    default: Type.Optional(Type.Unknown()),
    description: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
);

/** See {@link parameterSchema}. */
export type Parameter = Static<typeof parameterSchema>;

/** A type of a flow's input: what parameters of queries are, and stored files. */
export const flowInputTypes = [...parameterTypes, 'file'] as const;

/** A typed input of a flow. Of a `file` the flow gets `{ id, name, size, type }`, as the file was stored. */
export const flowInputSchema = Type.Object(
  {
    ...parameterSchema.properties,
    type: Type.Unsafe<(typeof flowInputTypes)[number]>(Type.Union(flowInputTypes.map((type) => Type.Literal(type)))),
  },
  { additionalProperties: false },
);

/** See {@link flowInputSchema}. */
export type FlowInput = Static<typeof flowInputSchema>;
