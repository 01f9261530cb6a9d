import { commandSchema, idSchema, nameSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { screenOf } from '../find.ts';
import { freeScreenName } from '../screen-claims.ts';
import { screenPlace } from '../touched.ts';

/** Gives a screen another name. Everything refers to screens by id, so nothing else changes. */
export const screenRename = defineCommand({
  type: 'screen.rename',
  title: 'Rename screen',
  schema: commandSchema('screen.rename', { screen: idSchema, name: nameSchema }),
  value: 'name',
  apply({ app, draft }, command) {
    screenOf(app, command.screen);
    freeScreenName(app, command.name, command.screen);
    screenOf(draft, command.screen).name = command.name;
  },
  touches: ({ screen, name }) => [screenPlace(screen, 'name'), `/screen-names/${name.toLowerCase()}`],
});
