import { Type, type Static } from 'typebox';
import { idSchema, stateVariableSchema } from './common.ts';

/** Version of the app document. */
export const appVersion = 1;

/** One entry of the app's navigation. */
export const navigationItemSchema = Type.Object(
  {
    id: idSchema,
    label: Type.String({ minLength: 1, maxLength: 100 }),
    icon: Type.Optional(Type.String({ maxLength: 60 })),
    /** The screen it opens … */
    screen: Type.Optional(idSchema),
    /** … or the address it links to. */
    url: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: false },
);

/** What the app as a whole says. */
export const appDocumentSchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    icon: Type.Optional(Type.String({ maxLength: 60 })),
    description: Type.Optional(Type.String({ maxLength: 1000 })),
    /** The screen at `/`. */
    home: Type.Optional(idSchema),
    navigation: Type.Object(
      {
        style: Type.Union([Type.Literal('top'), Type.Literal('side'), Type.Literal('none')]),
        items: Type.Array(navigationItemSchema, { maxItems: 100 }),
      },
      { additionalProperties: false },
    ),
    state: Type.Optional(Type.Array(stateVariableSchema, { maxItems: 200 })),
  },
  { additionalProperties: false },
);

/** See {@link appDocumentSchema}. */
export type AppDocument = Static<typeof appDocumentSchema>;
/** See {@link navigationItemSchema}. */
export type NavigationItem = Static<typeof navigationItemSchema>;
