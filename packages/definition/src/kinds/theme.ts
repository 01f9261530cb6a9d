import { Type, type Static } from 'typebox';

/** Version of the theme document. */
export const themeVersion = 1;

const colourSchema = Type.String({ pattern: '^#[0-9a-fA-F]{6}$' });

/** How an app looks, as data over the product's tokens. */
export const themeSchema = Type.Object(
  {
    /** The colour of main actions and selection. */
    primary: Type.Optional(colourSchema),
    /** Tint of the greys. */
    neutral: Type.Optional(Type.Union([Type.Literal('cool'), Type.Literal('plain'), Type.Literal('warm')])),
    radius: Type.Optional(
      Type.Union([Type.Literal('none'), Type.Literal('small'), Type.Literal('medium'), Type.Literal('large')]),
    ),
    font: Type.Optional(
      Type.Union([Type.Literal('system'), Type.Literal('humanist'), Type.Literal('serif'), Type.Literal('mono')]),
    ),
    scheme: Type.Optional(Type.Union([Type.Literal('auto'), Type.Literal('light'), Type.Literal('dark')])),
    density: Type.Optional(Type.Union([Type.Literal('compact'), Type.Literal('cosy')])),
  },
  { additionalProperties: false },
);

/** See {@link themeSchema}. */
export type Theme = Static<typeof themeSchema>;
