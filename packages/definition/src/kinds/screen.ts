import { Type, type Static } from 'typebox';
import { accessRuleSchema, bindableText, idSchema, nameSchema, settingsSchema, stateVariableSchema } from './common.ts';
import { eventActionSchema } from './event-action.ts';

/** Version of the screen document. */
export const screenVersion = 1;

const spanSchema = Type.Integer({ minimum: 1, maximum: 12 });

/** Where a component stands in its parent: columns of a 12-column grid per breakpoint, and when it shows. */
export const layoutSchema = Type.Object(
  {
    span: Type.Optional(
      Type.Object(
        { base: Type.Optional(spanSchema), md: Type.Optional(spanSchema), lg: Type.Optional(spanSchema) },
        { additionalProperties: false },
      ),
    ),
    /** Column to start at (1 to 12), per breakpoint. */
    start: Type.Optional(
      Type.Object(
        { base: Type.Optional(spanSchema), md: Type.Optional(spanSchema), lg: Type.Optional(spanSchema) },
        { additionalProperties: false },
      ),
    ),
    hideOn: Type.Optional(
      Type.Array(Type.Union([Type.Literal('phone'), Type.Literal('tablet'), Type.Literal('desktop')]), { maxItems: 3 }),
    ),
    align: Type.Optional(
      Type.Union([Type.Literal('start'), Type.Literal('center'), Type.Literal('end'), Type.Literal('stretch')]),
    ),
    /** In a stack: take the space that is left. */
    grow: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);

/** One instance of a component type. The components of a screen are a flat map; slots hold ids. */
export const componentSchema = Type.Object(
  {
    /** A component type, e.g. `core/table`. */
    type: Type.String({ minLength: 1, maxLength: 100 }),
    /** Unique in the screen; what expressions call it: `components.<name>`. */
    name: nameSchema,
    settings: settingsSchema,
    /** Event name → actions. */
    events: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.Array(eventActionSchema, { maxItems: 50 }))),
    layout: Type.Optional(layoutSchema),
    access: Type.Optional(accessRuleSchema),
    /** A binding: the component shows only while it is truthy. A matter of looks, not of access. */
    visible: Type.Optional(bindableText),
    /** Slot name → ids of its children, in order. */
    slots: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.Array(idSchema, { maxItems: 2000 }))),
  },
  { additionalProperties: false },
);

/** See {@link componentSchema}. */
export type Component = Static<typeof componentSchema>;
/** See {@link layoutSchema}. */
export type ComponentLayout = Static<typeof layoutSchema>;

/** A route with a component tree. */
export const screenSchema = Type.Object(
  {
    id: idSchema,
    /** Unique in the app. */
    name: nameSchema,
    title: bindableText,
    /** A path such as `/tickets/:id`; `:name` parts are `screen.params.name`. Unique in the app. */
    route: Type.String({ pattern: '^/[A-Za-z0-9_\\-/:]*$', maxLength: 200 }),
    icon: Type.Optional(Type.String({ maxLength: 60 })),
    description: Type.Optional(Type.String({ maxLength: 1000 })),
    /** Without one, the app's default rule holds. */
    access: Type.Optional(accessRuleSchema),
    /** False: the title stands in the browser's tab only, because the screen shows a heading of its own. */
    hasTitle: Type.Optional(Type.Boolean()),
    width: Type.Optional(Type.Union([Type.Literal('narrow'), Type.Literal('normal'), Type.Literal('full')])),
    state: Type.Optional(Type.Array(stateVariableSchema, { maxItems: 200 })),
    /** Screen events: `open`, `close`. */
    events: Type.Optional(Type.Record(Type.String({ maxLength: 64 }), Type.Array(eventActionSchema, { maxItems: 50 }))),
    /** Id of the root component: a `core/stack` or `core/grid`. */
    root: idSchema,
    components: Type.Record(Type.String(), componentSchema),
  },
  { additionalProperties: false },
);

/** See {@link screenSchema}. */
export type Screen = Static<typeof screenSchema>;
