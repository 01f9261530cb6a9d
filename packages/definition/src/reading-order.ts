import type { Screen } from './kinds/screen.ts';

/** Ids of a screen's components, parents before children and siblings in their order: as a person reads the screen. */
export function readingOrder(
  screen: Pick<Screen, 'root' | 'components'>,
  from: string = screen.root,
): readonly string[] {
  const ids: string[] = [];
  const visit = (id: string): void => {
    const component = screen.components[id];
    if (component === undefined) return;
    ids.push(id);
    if (component.slots === undefined) return;
    for (const slot of Object.keys(component.slots).toSorted()) component.slots[slot]?.forEach(visit);
  };
  visit(from);
  return ids;
}
