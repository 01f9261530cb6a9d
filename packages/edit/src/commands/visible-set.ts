import { commandSchema, idSchema, orNull } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { componentOf, screenOf } from '../find.ts';
import { componentPlace } from '../touched.ts';

/** Sets the binding that says when a component shows; null: always. */
export const visibleSet = defineCommand({
  type: 'visible.set',
  title: 'Change visibility',
  schema: commandSchema('visible.set', { screen: idSchema, component: idSchema, visible: orNull.text }),
  value: 'visible',
  apply({ app, draft }, command) {
    componentOf(screenOf(app, command.screen), command.component);
    const component = componentOf(screenOf(draft, command.screen), command.component);
    if (command.visible === null) delete component.visible;
    else component.visible = command.visible;
  },
  touches: ({ screen, component }) => [componentPlace(screen, component, 'visible')],
});
