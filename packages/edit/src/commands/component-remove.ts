import { commandSchema, idListSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { componentOf, screenOf } from '../find.ts';
import { componentPlace } from '../touched.ts';
import { detach, outermost, placeOf, subtree } from '../tree.ts';

/** Removes components with everything in them. What refers to them is named by `checkApp`. */
export const componentRemove = defineCommand({
  type: 'component.remove',
  title: 'Remove component',
  schema: commandSchema('component.remove', { screen: idSchema, components: idListSchema }),
  apply({ app, draft }, command) {
    const screen = screenOf(app, command.screen);
    command.components.forEach((id) => componentOf(screen, id));
    const tops = outermost(screen, command.components, 'removed');
    const target = screenOf(draft, command.screen);
    detach(target.components, screen, tops);
    for (const id of tops.flatMap((top) => subtree(screen, top))) delete target.components[id];
  },
  touches({ screen, components }, app) {
    const known = app?.screens[screen];
    if (known === undefined) return components.map((id) => componentPlace(screen, id));
    return components.flatMap((id) => {
      const place = placeOf(known, id);
      return [
        ...subtree(known, id).map((inner) => componentPlace(screen, inner)),
        ...(place === undefined ? [] : [componentPlace(screen, place.parent, `slots/${place.slot}`)]),
      ];
    });
  },
});
