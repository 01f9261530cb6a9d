import { Type } from 'typebox';
import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { componentOf, screenOf } from '../find.ts';
import { setAt, settingTouch } from '../setting-path.ts';
import { componentPlace } from '../touched.ts';

/** Sets a setting of a component, or a place inside one: `columns/2/label`. */
export const settingSet = defineCommand({
  type: 'setting.set',
  title: 'Change setting',
  schema: commandSchema('setting.set', {
    screen: idSchema,
    component: idSchema,
    path: Type.String({ minLength: 1, maxLength: 500 }),
    value: Type.Unknown(),
  }),
  value: 'value',
  apply({ app, draft }, command) {
    componentOf(screenOf(app, command.screen), command.component);
    setAt(componentOf(screenOf(draft, command.screen), command.component).settings, command.path, command.value);
  },
  touches: ({ screen, component, path }) => [componentPlace(screen, component, `settings/${settingTouch(path)}`)],
});
