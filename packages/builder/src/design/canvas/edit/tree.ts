import type { Screen } from '@fettle/definition';

/** Where a component stands. */
export interface TreePlace {
  readonly parent: string;
  readonly slot: string;
  readonly index: number;
}

/** A component's place in its parent; undefined for the root. */
export function placeOf(screen: Screen, id: string): TreePlace | undefined {
  for (const [parent, component] of Object.entries(screen.components)) {
    for (const [slot, ids] of Object.entries(component.slots ?? {})) {
      const index = ids.indexOf(id);
      if (index !== -1) return { parent, slot, index };
    }
  }
  return undefined;
}

/** A component's id and those of everything in it, outermost first. */
export function subtreeIds(screen: Screen, id: string): readonly string[] {
  const component = screen.components[id];
  if (component === undefined) return [];
  return [
    id,
    ...Object.values(component.slots ?? {}).flatMap((ids) => ids.flatMap((child) => subtreeIds(screen, child))),
  ];
}

/** The ids from the root down to a component, the component included. */
export function pathTo(screen: Screen, id: string): readonly string[] {
  const place = placeOf(screen, id);
  return place === undefined ? [id] : [...pathTo(screen, place.parent), id];
}
