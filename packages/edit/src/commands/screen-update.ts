import { routeShape } from '@fettle/definition';
import { Type } from 'typebox';
import { assignChanges } from '../assign-changes.ts';
import { commandSchema, idSchema, orNull } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { screenOf } from '../find.ts';
import { freeRoute } from '../screen-claims.ts';
import { screenPlace } from '../touched.ts';

/** Changes a screen's title, route, icon, description, access or width; null takes an optional one away. */
export const screenUpdate = defineCommand({
  type: 'screen.update',
  title: 'Change screen',
  schema: commandSchema('screen.update', {
    screen: idSchema,
    changes: Type.Object(
      {
        title: Type.Optional(Type.String({ maxLength: 20_000 })),
        route: Type.Optional(Type.String({ maxLength: 200 })),
        icon: Type.Optional(orNull.text),
        description: Type.Optional(orNull.text),
        access: Type.Optional(orNull.rule),
        hasTitle: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
        width: Type.Optional(
          Type.Union([Type.Literal('narrow'), Type.Literal('normal'), Type.Literal('full'), Type.Null()]),
        ),
      },
      { additionalProperties: false, minProperties: 1 },
    ),
  }),
  apply({ app, draft }, { screen, changes }) {
    screenOf(app, screen);
    if (changes.route !== undefined) freeRoute(app, changes.route, screen);
    assignChanges(screenOf(draft, screen), changes);
  },
  touches: ({ screen, changes }) => [
    ...Object.keys(changes).map((key) => screenPlace(screen, key)),
    ...(changes.route === undefined ? [] : [`/routes${routeShape(changes.route)}`]),
  ],
});
