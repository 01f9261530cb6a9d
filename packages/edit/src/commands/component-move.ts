import { Type } from 'typebox';
import { commandSchema, idListSchema, idSchema, slotNameSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { componentOf, screenOf } from '../find.ts';
import { refuse } from '../refusal.ts';
import { componentPlace } from '../touched.ts';
import { attach, detach, outermost, placeOf, subtree } from '../tree.ts';

/** Moves components, in the order of the list, to a place of the same screen. */
export const componentMove = defineCommand({
  type: 'component.move',
  title: 'Move component',
  schema: commandSchema('component.move', {
    screen: idSchema,
    components: idListSchema,
    parent: idSchema,
    slot: slotNameSchema,
    /** Position among the children that do not move; the end when absent. */
    index: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  apply({ app, draft }, command) {
    const screen = screenOf(app, command.screen);
    command.components.forEach((id) => componentOf(screen, id));
    componentOf(screen, command.parent);
    const tops = new Set(outermost(screen, command.components, 'moved'));
    // What stands inside another moved component stays in it; the rest keeps the order it was given in.
    const moved = command.components.filter((id) => tops.has(id));
    if (moved.some((id) => subtree(screen, id).includes(command.parent))) {
      throw refuse(
        'component.into-itself',
        'A component cannot be moved into itself.',
        'Drop it beside or outside the component.',
      );
    }
    const target = screenOf(draft, command.screen);
    detach(target.components, screen, moved);
    attach(componentOf(target, command.parent), command.slot, moved, command.index);
  },
  touches: ({ screen, components, parent, slot }, app) => [
    componentPlace(screen, parent, `slots/${slot}`),
    ...components.map((id) => componentPlace(screen, id, 'place')),
    ...components.flatMap((id) => sourceSlots(app?.screens[screen], id)),
  ],
});

function sourceSlots(screen: Parameters<typeof placeOf>[0] | undefined, id: string): readonly string[] {
  const place = screen === undefined ? undefined : placeOf(screen, id);
  return screen === undefined || place === undefined
    ? []
    : [componentPlace(screen.id, place.parent, `slots/${place.slot}`)];
}
