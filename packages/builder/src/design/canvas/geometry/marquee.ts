import type { Box, SlotBox } from './drop-place.ts';

/** The box between two points, whichever way it was drawn. */
export function boxBetween(
  a: { readonly x: number; readonly y: number },
  b: { readonly x: number; readonly y: number },
): Box {
  return { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

/**
 * The components a rubber band touches. What holds the whole band is where one drew, not what one meant; of the rest
 * the outermost count, since what is inside comes along.
 */
export function touchedBy(band: Box, slots: readonly SlotBox[]): readonly string[] {
  const children = slots.flatMap(({ parent, children }) => children.map((child) => ({ ...child, parent })));
  const parents = new Map(children.map(({ id, parent }) => [id, parent]));
  const touched = children.filter(({ box }) => intersects(box, band) && !contains(box, band)).map(({ id }) => id);
  const chosen = new Set(touched);
  const isInside = (id: string): boolean => {
    for (let parent = parents.get(id); parent !== undefined; parent = parents.get(parent)) {
      if (chosen.has(parent)) return true;
    }
    return false;
  };
  return [...chosen].filter((id) => !isInside(id));
}

function intersects(a: Box, b: Box): boolean {
  return a.left <= right(b) && b.left <= right(a) && a.top <= bottom(b) && b.top <= bottom(a) && a.width > 0;
}

function contains(outer: Box, inner: Box): boolean {
  return (
    outer.left <= inner.left && outer.top <= inner.top && right(outer) >= right(inner) && bottom(outer) >= bottom(inner)
  );
}

const right = (box: Box): number => box.left + box.width;
const bottom = (box: Box): number => box.top + box.height;
