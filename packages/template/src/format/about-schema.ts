import { Type, type Static } from 'typebox';

/** What the gallery sorts templates by, in its order. */
export const templateCategories = [
  'IT operations',
  'Security and risk',
  'People',
  'Finance and vendors',
  'Projects',
] as const;

/** One of {@link templateCategories}. */
export type TemplateCategory = (typeof templateCategories)[number];

/** What somebody sets up after installing: mail, a secret, who gets which role, or anything else that the text says. */
export const templateNeedKinds = ['email', 'secret', 'people', 'flow', 'data-source', 'other'] as const;

/** Form of the id of a template: the name of its folder. */
export const templateIdPattern = '^[a-z][a-z0-9]*(-[a-z0-9]+)*$';

const exact = { additionalProperties: false } as const;
const line = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '^[^\\r\\n]*$' });

/** `template.json`: what the gallery says of a template. */
export const templateAboutSchema = Type.Object(
  {
    format: Type.Literal(1),
    id: Type.String({ pattern: templateIdPattern, maxLength: 60 }),
    version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+$' }),
    name: line(60),
    category: Type.Unsafe<TemplateCategory>({ type: 'string', enum: [...templateCategories] }),
    /** What the team gets, in a line. */
    summary: line(120),
    /** A few sentences, plain or in markdown. */
    description: Type.String({ minLength: 1, maxLength: 4000 }),
    features: Type.Array(line(160), { minItems: 3, maxItems: 6 }),
    needs: Type.Array(
      Type.Object(
        {
          kind: Type.Unsafe<(typeof templateNeedKinds)[number]>({ type: 'string', enum: [...templateNeedKinds] }),
          text: line(300),
        },
        exact,
      ),
      { maxItems: 12 },
    ),
    tags: Type.Array(line(40), { maxItems: 12 }),
    /** In the order in which the gallery shows them. */
    screenshots: Type.Array(
      Type.Object(
        {
          /** Name of the screen: the stem of its file. */
          screen: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$' }),
          title: line(80),
          /** Values of the route's parameters when it is taken; `1` where none is given. */
          parameters: Type.Optional(Type.Record(Type.String(), Type.String({ maxLength: 200 }))),
        },
        exact,
      ),
      { minItems: 1, maxItems: 12 },
    ),
  },
  exact,
);

/** See {@link templateAboutSchema}. */
export type TemplateAbout = Static<typeof templateAboutSchema>;
