import type { Screen } from '@fettle/definition';

/** Where a component stands. */
export interface TreePlace {
  readonly parent: string;
  readonly slot: string;
  readonly index: number;
}

/** A component's place in its parent; undefined for the root. */
export function placeOf(screen: Screen, id: string): TreePlace | undefined {
  return placesOf(screen.components).get(id);
}

const knownPlaces = new WeakMap<Screen['components'], ReadonlyMap<string, TreePlace>>();

// Several parts of the page ask for each version of a screen, and paths ask once for each level.
function placesOf(components: Screen['components']): ReadonlyMap<string, TreePlace> {
  const known = knownPlaces.get(components);
  if (known !== undefined) return known;
  const places = new Map<string, TreePlace>();
  for (const parent of Object.keys(components)) {
    for (const [slot, ids] of Object.entries(components[parent]?.slots ?? {})) {
      ids.forEach((id, index) => places.set(id, { parent, slot, index }));
    }
  }
  knownPlaces.set(components, places);
  return places;
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
