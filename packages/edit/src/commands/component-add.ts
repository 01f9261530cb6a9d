import { componentSchema } from '@fettle/definition';
import { Type } from 'typebox';
import { commandSchema, idSchema, slotNameSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { componentOf, screenOf } from '../find.ts';
import { refuse } from '../refusal.ts';
import { componentPlace, screenPlace } from '../touched.ts';
import { attach } from '../tree.ts';

/** Adds a component, with everything in it, under ids and names that are new to the screen. */
export const componentAdd = defineCommand({
  type: 'component.add',
  title: 'Add component',
  schema: commandSchema('component.add', {
    screen: idSchema,
    parent: idSchema,
    slot: slotNameSchema,
    /** Position among the children; the end when absent. */
    index: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Id of the outermost of the new components. */
    root: idSchema,
    components: Type.Record(Type.String(), componentSchema),
  }),
  apply({ app, draft }, command) {
    const screen = screenOf(app, command.screen);
    componentOf(screen, command.parent);
    if (!Object.hasOwn(command.components, command.root)) {
      throw refuse(
        'component.root',
        `The new component "${command.root}" is not among the data.`,
        'Give its data under "components".',
      );
    }
    const taken = new Set(Object.values(screen.components).map(({ name }) => name));
    const target = screenOf(draft, command.screen);
    for (const [id, component] of Object.entries(command.components)) {
      if (Object.hasOwn(screen.components, id)) {
        throw refuse('component.id-taken', `The screen has a component "${id}" already.`, 'Use a new id.');
      }
      if (taken.has(component.name)) {
        throw refuse(
          'name.taken',
          `The screen has a component named "${component.name}" already.`,
          'Choose another name.',
        );
      }
      target.components[id] = component;
    }
    attach(componentOf(target, command.parent), command.slot, [command.root], command.index);
  },
  touches: ({ screen, parent, slot, components }) => [
    componentPlace(screen, parent, `slots/${slot}`),
    ...Object.entries(components).flatMap(([id, { name }]) => [
      componentPlace(screen, id),
      screenPlace(screen, `names/${name}`),
    ]),
  ],
});
