import { Type } from 'typebox';
import { assignChanges } from '../assign-changes.ts';
import { commandSchema, orNull } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { screenOf } from '../find.ts';

/** Changes the app's name, icon, description or home screen; null takes an optional one away. */
export const appUpdate = defineCommand({
  type: 'app.update',
  title: 'Change app',
  schema: commandSchema('app.update', {
    changes: Type.Object(
      {
        name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
        icon: Type.Optional(orNull.text),
        description: Type.Optional(orNull.text),
        home: Type.Optional(orNull.id),
      },
      { additionalProperties: false, minProperties: 1 },
    ),
  }),
  apply({ app, draft }, { changes }) {
    if (typeof changes.home === 'string') screenOf(app, changes.home);
    assignChanges(draft.app, changes);
  },
  touches: ({ changes }) => Object.keys(changes).map((key) => `/app/${key}`),
});
