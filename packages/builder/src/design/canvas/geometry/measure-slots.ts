import type { Box, Flow, SlotBox } from './drop-place.ts';

/** Marks the end of each slot's children on the canvas; its parent element lays them out. */
export const slotAttribute = 'data-fettle-slot';

const overlayDepth = 1000;

/** Reads where the slots of the canvas stand. `isExcluded` leaves out what is being dragged and all inside it. */
export function measureSlots(root: HTMLElement, isExcluded: (id: string) => boolean): readonly SlotBox[] {
  const seen = new Set<string>();
  const slots: SlotBox[] = [];
  for (const marker of root.querySelectorAll<HTMLElement>(`[${slotAttribute}]`)) {
    const name = marker.getAttribute(slotAttribute) ?? '';
    const element = marker.parentElement;
    // A repeater shows its slot many times: the first stands for all.
    if (element === null || seen.has(name)) continue;
    const owners = cellsAround(element);
    if (owners.some(isExcluded)) continue;
    seen.add(name);
    const [parent = '', slot = ''] = name.split('/');
    const box = boxOf(element);
    if (box.width === 0) continue;
    slots.push({
      parent,
      slot,
      flow: flowOf(element),
      box,
      // An open overlay lies above everything else, however deep that is.
      depth: owners.length + (element.closest('[role="dialog"]') === null ? 0 : overlayDepth),
      children: [...element.children]
        .filter(
          (child): child is HTMLElement => child instanceof HTMLElement && child.dataset['fettleId'] !== undefined,
        )
        .filter((child) => !isExcluded(child.dataset['fettleId'] ?? ''))
        .map((child) => ({ id: child.dataset['fettleId'] ?? '', box: boxOf(child) })),
    });
  }
  const least = Math.min(...slots.map((slot) => slot.depth));
  return slots.map((slot) => ({ ...slot, depth: slot.depth - least }));
}

/** Ids of the components around an element, innermost first. */
export function cellsAround(element: Element): readonly string[] {
  const ids: string[] = [];
  for (let cell = element.closest<HTMLElement>('[data-fettle-id]'); cell !== null;) {
    ids.push(cell.dataset['fettleId'] ?? '');
    cell = cell.parentElement?.closest<HTMLElement>('[data-fettle-id]') ?? null;
  }
  return ids;
}

/** The cell of a component; the first where it is repeated. */
export function findCell(root: HTMLElement, id: string): HTMLElement | undefined {
  return root.querySelector<HTMLElement>(`[data-fettle-id="${CSS.escape(id)}"]`) ?? undefined;
}

/** Where an element stands on the page. An element that is only a shell for its children takes their box. */
export function boxOf(element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}

function flowOf(element: HTMLElement): Flow {
  const { display, flexDirection } = getComputedStyle(element);
  if (display.includes('grid')) return 'grid';
  return display.includes('flex') && flexDirection.startsWith('row') ? 'horizontal' : 'vertical';
}
