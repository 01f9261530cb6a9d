import { uniqueName } from '@fettle/base';
import type { Component, Screen } from '@fettle/definition';
import { commandSchema, idListSchema, idMapSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { componentOf, screenOf } from '../find.ts';
import { refuse } from '../refusal.ts';
import { remapComponent } from '../remap.ts';
import { componentPlace } from '../touched.ts';
import { attach, outermost, placeOf, subtree } from '../tree.ts';

/**
 * Copies components with everything in them right after the originals. `ids` gives the new id of every copied
 * component. Names get a number; what the copies say of one another, by id or by name, follows the copies.
 */
export const componentDuplicate = defineCommand({
  type: 'component.duplicate',
  title: 'Duplicate component',
  schema: commandSchema('component.duplicate', { screen: idSchema, components: idListSchema, ids: idMapSchema }),
  apply({ app, draft, catalog }, command) {
    const screen = screenOf(app, command.screen);
    command.components.forEach((id) => componentOf(screen, id));
    const target = screenOf(draft, command.screen);
    const names = new Set(Object.values(screen.components).map(({ name }) => name));
    for (const top of outermost(screen, command.components, 'duplicated')) {
      const copied = subtree(screen, top);
      const copies = { ids: newIds(screen, copied, command.ids), names: newNames(screen, copied, names), states: {} };
      for (const id of copied) {
        const copy = remapComponent(componentOf(screen, id), copies, catalog);
        target.components[copies.ids[id] ?? id] = copy;
      }
      const place = placeOf(screen, top);
      if (place === undefined) continue;
      const parent: Component = componentOf(target, place.parent);
      const index = parent.slots?.[place.slot]?.indexOf(top) ?? place.index;
      attach(parent, place.slot, [copies.ids[top] ?? top], index + 1);
    }
  },
  touches: ({ screen, components, ids }, app) => [
    ...Object.values(ids).map((id) => componentPlace(screen, id)),
    ...components.flatMap((id) => {
      const known = app?.screens[screen];
      const place = known === undefined ? undefined : placeOf(known, id);
      return place === undefined
        ? [componentPlace(screen, id, 'place')]
        : [componentPlace(screen, place.parent, `slots/${place.slot}`)];
    }),
  ],
});

function newIds(
  screen: Screen,
  copied: readonly string[],
  ids: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const entries = copied.map((id) => {
    const copy = Object.hasOwn(ids, id) ? ids[id] : undefined;
    if (copy === undefined || Object.hasOwn(screen.components, copy)) {
      throw refuse(
        'component.id-taken',
        `The copy of the component "${id}" needs a new id.`,
        'Give one under "ids" for everything that is copied.',
      );
    }
    return [id, copy] as const;
  });
  return Object.fromEntries(entries);
}

function newNames(screen: Screen, copied: readonly string[], taken: Set<string>): Readonly<Record<string, string>> {
  const entries = copied.map((id) => {
    const { name } = componentOf(screen, id);
    const copy = uniqueName(name, (candidate) => taken.has(candidate));
    taken.add(copy);
    return [name, copy] as const;
  });
  return Object.fromEntries(entries);
}
