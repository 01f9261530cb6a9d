import { commandSchema, idSchema, orNull } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { componentOf, screenOf } from '../find.ts';
import { componentPlace } from '../touched.ts';

/** Sets where a component stands in its parent, as a whole; null takes it back to the default. */
export const layoutSet = defineCommand({
  type: 'layout.set',
  title: 'Change layout',
  schema: commandSchema('layout.set', { screen: idSchema, component: idSchema, layout: orNull.layout }),
  value: 'layout',
  apply({ app, draft }, command) {
    componentOf(screenOf(app, command.screen), command.component);
    const component = componentOf(screenOf(draft, command.screen), command.component);
    if (command.layout === null) delete component.layout;
    else component.layout = command.layout;
  },
  touches: ({ screen, component }) => [componentPlace(screen, component, 'layout')],
});
