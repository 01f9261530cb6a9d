import { readingOrder, type Component, type Screen } from '@fettle/definition';
import { refuse } from './refusal.ts';

/** Where a component hangs. */
export interface Place {
  readonly parent: string;
  readonly slot: string;
  readonly index: number;
}

/** Where a component hangs; undefined for the root. */
export function placeOf(screen: Screen, id: string): Place | undefined {
  for (const [parent, component] of Object.entries(screen.components)) {
    if (component.slots === undefined) continue;
    for (const [slot, children] of Object.entries(component.slots)) {
      const index = children.indexOf(id);
      if (index !== -1) return { parent, slot, index };
    }
  }
  return undefined;
}

/** Ids of a component and everything in it. */
export function subtree(screen: Screen, id: string): readonly string[] {
  return readingOrder(screen, id);
}

/**
 * The outermost of some components, in reading order: what stands inside another of them goes along with it.
 * Refuses the root.
 */
export function outermost(screen: Screen, ids: readonly string[], doing: string): readonly string[] {
  if (ids.includes(screen.root)) {
    throw refuse('component.root', `The root of a screen cannot be ${doing}.`, 'Pick the components inside it.');
  }
  const chosen = new Set(ids);
  const tops: string[] = [];
  const visit = (id: string): void => {
    if (chosen.has(id)) tops.push(id);
    else for (const children of Object.values(screen.components[id]?.slots ?? {})) children.forEach(visit);
  };
  visit(screen.root);
  return tops;
}

/** Takes components out of the slots they hang in. */
export function detach(components: Record<string, Component>, screen: Screen, ids: readonly string[]): void {
  for (const id of ids) {
    const place = placeOf(screen, id);
    const slots = place === undefined ? undefined : components[place.parent]?.slots;
    if (place === undefined || slots === undefined) continue;
    const children = slots[place.slot];
    // The position in the draft: earlier removals of this command have moved it.
    const index = children?.indexOf(id) ?? -1;
    if (children !== undefined && index !== -1) children.splice(index, 1);
  }
}

/** Puts components into a slot. An index beyond the end means the end. */
export function attach(parent: Component, slot: string, ids: readonly string[], index: number | undefined): void {
  parent.slots ??= {};
  const children = (parent.slots[slot] ??= []);
  children.splice(Math.min(index ?? children.length, children.length), 0, ...ids);
}
