import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { screenOf } from '../find.ts';
import { refuse } from '../refusal.ts';
import { screenPlace } from '../touched.ts';

/** Removes a screen. Links to it stay and are named by `checkApp`; its navigation items and the home mark go along. */
export const screenRemove = defineCommand({
  type: 'screen.remove',
  title: 'Remove screen',
  schema: commandSchema('screen.remove', { screen: idSchema }),
  apply({ app, draft }, command) {
    screenOf(app, command.screen);
    if (Object.keys(app.screens).length === 1) {
      throw refuse('screen.last', 'An app keeps at least one screen.', 'Add another screen first.');
    }
    delete draft.screens[command.screen];
    if (app.app.home === command.screen) delete draft.app.home;
    const { items } = app.app.navigation;
    if (items.some(({ screen }) => screen === command.screen)) {
      draft.app.navigation.items = items.filter(({ screen }) => screen !== command.screen);
    }
  },
  touches: ({ screen }, app) => [
    screenPlace(screen),
    ...(app?.app.home === screen ? ['/app/home'] : []),
    ...(app?.app.navigation.items.some((item) => item.screen === screen) === true ? ['/app/navigation'] : []),
  ],
});
