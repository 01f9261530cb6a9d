import { commandSchema, idSchema, orNull } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { componentOf, screenOf } from '../find.ts';
import { componentPlace } from '../touched.ts';

/** Sets who may see a component; null: all who see its parent. */
export const componentAccessSet = defineCommand({
  type: 'componentAccess.set',
  title: 'Change access',
  schema: commandSchema('componentAccess.set', { screen: idSchema, component: idSchema, access: orNull.rule }),
  value: 'access',
  apply({ app, draft }, command) {
    componentOf(screenOf(app, command.screen), command.component);
    const component = componentOf(screenOf(draft, command.screen), command.component);
    if (command.access === null) delete component.access;
    else component.access = command.access;
  },
  touches: ({ screen, component }) => [componentPlace(screen, component, 'access')],
});
