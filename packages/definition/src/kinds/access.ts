import { Type, type Static } from 'typebox';
import { accessRuleSchema } from './common.ts';

/** Version of the access document. */
export const accessVersion = 1;

/** A custom app role. Built-in ones (`admin`, `power`, `basic`, `public`) are not listed. */
export const customRoleSchema = Type.Object(
  {
    id: Type.String({ pattern: '^role_[A-Za-z0-9]{1,40}$' }),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    /** Role ids whose rights this role has as well. */
    inherits: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 }),
  },
  { additionalProperties: false },
);

const tableRulesSchema = Type.Object(
  {
    view: Type.Optional(accessRuleSchema),
    create: Type.Optional(accessRuleSchema),
    update: Type.Optional(accessRuleSchema),
    delete: Type.Optional(accessRuleSchema),
  },
  { additionalProperties: false },
);

/** Roles and rules of an app. */
export const accessSchema = Type.Object(
  {
    roles: Type.Array(customRoleSchema, { maxItems: 100 }),
    /** The rule of screens that have none of their own. */
    defaultScreen: accessRuleSchema,
    /** The role that every member of the workspace has unless given another; `none`: only those assigned. */
    memberRole: Type.String({ maxLength: 64 }),
    /** True: visitors who are not signed in have the role `public`. False: they must sign in. */
    allowVisitors: Type.Boolean(),
    /** Table reference → who may do what. What is not listed follows from the components a role can see. */
    tables: Type.Optional(Type.Record(Type.String({ maxLength: 300 }), tableRulesSchema)),
  },
  { additionalProperties: false },
);

/** See {@link accessSchema}. */
export type AppAccess = Static<typeof accessSchema>;
/** See {@link customRoleSchema}. */
export type CustomRole = Static<typeof customRoleSchema>;
