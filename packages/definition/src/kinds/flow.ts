import { Type, type Static } from 'typebox';
import { idSchema, nameSchema, settingsSchema } from './common.ts';

/** Version of the flow document. */
export const flowVersion = 1;

/** A trigger and a tree of steps. */
export const flowSchema = Type.Object(
  {
    id: idSchema,
    name: nameSchema,
    trigger: Type.Object({ type: Type.String({ maxLength: 100 }), settings: settingsSchema }, { additionalProperties: false }),
    steps: Type.Array(Type.Unknown(), { maxItems: 1000 }),
  },
  { additionalProperties: false },
);

/** See {@link flowSchema}. */
export type Flow = Static<typeof flowSchema>;
