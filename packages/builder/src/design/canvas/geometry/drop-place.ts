/** A rectangle in page pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A point in page pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a slot lays out its children. */
export type Flow = 'vertical' | 'horizontal' | 'grid';

/** A slot as it stands on the page. */
export interface SlotBox {
  readonly parent: string;
  readonly slot: string;
  readonly flow: Flow;
  readonly box: Box;
  /** Children in order, those being dragged left out. */
  readonly children: readonly { readonly id: string; readonly box: Box }[];
  /** Nesting: the deeper slot wins where boxes overlap. */
  readonly depth: number;
}

/** Where something would land, and the line that shows it. */
export interface DropPlace {
  readonly parent: string;
  readonly slot: string;
  readonly index: number;
  readonly line: Box;
  readonly slotBox: Box;
}

/** How close to the edge of a nested slot a drop still belongs outside of it, in pixels. */
const edge = 6;
const thickness = 3;

/** Where a drop at `point` lands: the gap nearest to it in the deepest slot around it. */
export function findDropPlace(point: Point, slots: readonly SlotBox[]): DropPlace | undefined {
  let best: SlotBox | undefined;
  for (const slot of slots) {
    const margin = slot.depth === 0 ? -Infinity : Math.min(edge, slot.box.height / 4);
    if (contains(slot.box, point, margin) && (best === undefined || slot.depth >= best.depth)) best = slot;
  }
  if (best === undefined) return undefined;
  return placeAt(best, gapIndex(point, best), point);
}

/** Every place of every slot in reading order: what the keyboard steps through. */
export function listDropPlaces(slots: readonly SlotBox[]): readonly DropPlace[] {
  return slots.flatMap((slot) => Array.from({ length: slot.children.length + 1 }, (_, index) => placeAt(slot, index)));
}

function gapIndex(point: Point, slot: SlotBox): number {
  const { children, flow } = slot;
  if (flow === 'vertical') return before(children, (box) => point.y < box.top + box.height / 2);
  if (flow === 'horizontal') return before(children, (box) => point.x < box.left + box.width / 2);
  // In a grid: the first child that stands in a later line, or to the right in the same one.
  return before(
    children,
    (box) => point.y < box.top || (point.y <= box.top + box.height && point.x < box.left + box.width / 2),
  );
}

function before(children: SlotBox['children'], isAfterPoint: (box: Box) => boolean): number {
  const index = children.findIndex((child) => isAfterPoint(child.box));
  return index === -1 ? children.length : index;
}

function placeAt(slot: SlotBox, index: number, point?: Point): DropPlace {
  return { parent: slot.parent, slot: slot.slot, index, line: lineAt(slot, index, point), slotBox: slot.box };
}

function lineAt({ flow, box, children }: SlotBox, index: number, point?: Point): Box {
  const next = children[index]?.box;
  const previous = children[index - 1]?.box;
  if (flow === 'vertical') {
    const top = between(previous && previous.top + previous.height, next?.top, box.top, box.top + box.height);
    return { left: box.left, top: top - thickness / 2, width: box.width, height: thickness };
  }
  const isSameLine = previous !== undefined && next !== undefined && next.top < previous.top + previous.height;
  // Between two lines the mark stands where the pointer is: at the end of the one or at the start of the other.
  if (!isSameLine && flow === 'grid' && next !== undefined && point !== undefined && point.y >= next.top) {
    const start = between(undefined, next.left, box.left, box.left + box.width);
    return { left: start - thickness / 2, top: next.top, width: thickness, height: next.height };
  }
  const anchor = isSameLine || previous === undefined ? (next ?? previous) : previous;
  const end = previous && previous.left + previous.width;
  const left =
    flow === 'horizontal' || isSameLine || previous === undefined
      ? between(end, next?.left, box.left, box.left + box.width)
      : (end ?? box.left) + thickness;
  return {
    left: Math.min(left, box.left + box.width) - thickness / 2,
    top: anchor?.top ?? box.top,
    width: thickness,
    height: anchor?.height ?? box.height,
  };
}

/** The middle between two neighbours, or the outer edge of the only one. */
function between(end: number | undefined, start: number | undefined, first: number, last: number): number {
  if (end !== undefined && start !== undefined) return (end + start) / 2;
  if (end !== undefined) return Math.min(end + thickness, last);
  return start === undefined ? first + thickness : Math.max(start - thickness, first);
}

function contains(box: Box, { x, y }: Point, margin: number): boolean {
  const inset = margin === -Infinity ? 0 : margin;
  return (
    (x >= box.left && x <= box.left + box.width && y >= box.top + inset && y <= box.top + box.height - inset) ||
    margin === -Infinity
  );
}
