import type { Point } from '../geometry/drop-place.ts';

/** How close to the canvas' edge the pointer scrolls it, and by how much per frame at most, in pixels. */
const scrollEdge = 48;
const scrollStep = 16;

/** Where the pointer is during a drag. */
export interface DragPointer {
  readonly position: () => Point;
  readonly stop: () => void;
}

/**
 * Follows the pointer itself during a drag, because distances of the drag library change with what scrolls around the
 * drag's source, and scrolls the canvas when the pointer is at its edge.
 */
export function followDragPointer(start: Point, canvas: HTMLElement | undefined, onScroll: () => void): DragPointer {
  let position = start;
  const follow = (event: PointerEvent): void => {
    position = { x: event.clientX, y: event.clientY };
  };
  window.addEventListener('pointermove', follow, true);
  window.addEventListener('pointerup', follow, true);
  let frame = 0;
  const scroll = (): void => {
    frame = requestAnimationFrame(scroll);
    if (canvas === undefined) return;
    const by = scrollDistance(position, canvas.getBoundingClientRect());
    if (by === 0) return;
    const before = canvas.scrollTop;
    canvas.scrollTop += by;
    if (canvas.scrollTop !== before) onScroll();
  };
  frame = requestAnimationFrame(scroll);
  return {
    position: () => position,
    stop: () => {
      window.removeEventListener('pointermove', follow, true);
      window.removeEventListener('pointerup', follow, true);
      cancelAnimationFrame(frame);
    },
  };
}

/** How far a pointer at the upper or lower edge scrolls: the nearer to the edge, the faster. */
export function scrollDistance(point: Point, box: Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>): number {
  if (point.x < box.left || point.x > box.right || point.y < box.top || point.y > box.bottom) return 0;
  const fromTop = point.y - box.top;
  const fromBottom = box.bottom - point.y;
  if (fromTop < scrollEdge) return -Math.ceil(((scrollEdge - fromTop) / scrollEdge) * scrollStep);
  if (fromBottom < scrollEdge) return Math.ceil(((scrollEdge - fromBottom) / scrollEdge) * scrollStep);
  return 0;
}
