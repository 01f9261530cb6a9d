import { Type } from 'typebox';
import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { componentOf, screenOf } from '../find.ts';
import { settingTouch, unsetAt } from '../setting-path.ts';
import { componentPlace } from '../touched.ts';

/** Takes a setting back to its default; an item of a list is removed. */
export const settingUnset = defineCommand({
  type: 'setting.unset',
  title: 'Reset setting',
  schema: commandSchema('setting.unset', {
    screen: idSchema,
    component: idSchema,
    path: Type.String({ minLength: 1, maxLength: 500 }),
  }),
  apply({ app, draft }, command) {
    componentOf(screenOf(app, command.screen), command.component);
    unsetAt(componentOf(screenOf(draft, command.screen), command.component).settings, command.path);
  },
  touches: ({ screen, component, path }) => [componentPlace(screen, component, `settings/${settingTouch(path)}`)],
});
