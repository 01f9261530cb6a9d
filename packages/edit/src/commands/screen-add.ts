import { routeShape, screenSchema } from '@fettle/definition';
import { commandSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { refuse } from '../refusal.ts';
import { freeRoute, freeScreenName } from '../screen-claims.ts';
import { screenPlace } from '../touched.ts';

/** Adds a screen, given as a whole. */
export const screenAdd = defineCommand({
  type: 'screen.add',
  title: 'Add screen',
  schema: commandSchema('screen.add', { screen: screenSchema }),
  apply({ app, draft }, { screen }) {
    if (Object.hasOwn(app.screens, screen.id)) {
      throw refuse('screen.id-taken', `The app has a screen "${screen.id}" already.`, 'Use a new id.');
    }
    freeScreenName(app, screen.name, screen.id);
    freeRoute(app, screen.route, screen.id);
    draft.screens[screen.id] = screen;
  },
  touches: ({ screen }) => [
    screenPlace(screen.id),
    `/screen-names/${screen.name.toLowerCase()}`,
    `/routes${routeShape(screen.route)}`,
  ],
});
