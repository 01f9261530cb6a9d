import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';
import type { BoardLane, Card } from './board-lanes.ts';

/** A card under way with the pointer. */
export interface Drag {
  readonly card: Card;
  readonly from: BoardLane;
  /** Id of the lane under the pointer. */
  readonly over: string | undefined;
  /** Where the card is drawn in the window, and how wide. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

const startsAfterPixels = 5;
const startsAfterHoldMs = 300;
const edgePixels = 48;
const scrollStep = 14;

interface Press {
  readonly card: Card;
  readonly from: BoardLane;
  readonly pointer: number;
  readonly isTouch: boolean;
  readonly start: { readonly x: number; readonly y: number };
  readonly box: DOMRect;
  hold: ReturnType<typeof setTimeout> | undefined;
}

/** Dragging with mouse and pen at once, with a finger after a short hold: before that, a finger scrolls. */
export function useCardDrag(options: {
  readonly board: RefObject<HTMLElement | null>;
  readonly lanes: readonly BoardLane[];
  readonly onDrop: ((card: Card, from: BoardLane, to: BoardLane) => void) | undefined;
}) {
  const [drag, setDrag] = useState<Drag | undefined>();
  const press = useRef<Press | undefined>(undefined);
  const dragging = useRef<Drag | undefined>(undefined);
  const wasDragged = useRef(false);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const show = (next: Drag | undefined): void => {
    dragging.current = next;
    setDrag(next);
  };
  const laneAt = (x: number, y: number): string | undefined => {
    const lane = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-lane]');
    return lane !== null && lane !== undefined && latest.current.board.current?.contains(lane) === true
      ? lane.dataset['lane']
      : undefined;
  };
  const placed = ({ card, from, start, box }: Press, x: number, y: number): Drag => ({
    card,
    from,
    over: laneAt(x, y),
    left: box.left + x - start.x,
    top: box.top + y - start.y,
    width: box.width,
  });
  const end = (): void => {
    clearTimeout(press.current?.hold);
    press.current = undefined;
    show(undefined);
  };

  useEffect(() => {
    const move = (event: globalThis.PointerEvent): void => {
      const now = press.current;
      if (now === undefined || event.pointerId !== now.pointer) return;
      const { clientX: x, clientY: y } = event;
      if (dragging.current === undefined) {
        const isFar = Math.hypot(x - now.start.x, y - now.start.y) >= startsAfterPixels;
        if (!isFar) return;
        // The finger scrolls: this is no hold.
        if (now.isTouch) return end();
      }
      event.preventDefault();
      wasDragged.current = true;
      scrollAtEdge(latest.current.board.current, x);
      show(placed(now, x, y));
    };
    const up = (event: globalThis.PointerEvent): void => {
      const now = press.current;
      if (now === undefined || event.pointerId !== now.pointer) return;
      const at = dragging.current === undefined ? undefined : laneAt(event.clientX, event.clientY);
      const to = latest.current.lanes.find(({ id }) => id === at);
      end();
      if (to !== undefined) latest.current.onDrop?.(now.card, now.from, to);
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && dragging.current !== undefined) end();
    };
    const touch = (event: TouchEvent): void => {
      if (dragging.current !== undefined && event.cancelable) event.preventDefault();
    };
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', end);
    window.addEventListener('keydown', key);
    window.addEventListener('touchmove', touch, { passive: false });
    return () => {
      clearTimeout(press.current?.hold);
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', end);
      window.removeEventListener('keydown', key);
      window.removeEventListener('touchmove', touch);
    };
  }, []);

  return {
    drag,
    press: (event: PointerEvent<HTMLElement>, card: Card, from: BoardLane): void => {
      wasDragged.current = false;
      if (event.button !== 0 || latest.current.onDrop === undefined) return;
      const isTouch = event.pointerType === 'touch';
      const next: Press = {
        card,
        from,
        pointer: event.pointerId,
        isTouch,
        start: { x: event.clientX, y: event.clientY },
        box: event.currentTarget.getBoundingClientRect(),
        hold: undefined,
      };
      press.current = next;
      if (!isTouch) return;
      next.hold = setTimeout(() => {
        if (press.current !== next) return;
        wasDragged.current = true;
        show(placed(next, next.start.x, next.start.y));
      }, startsAfterHoldMs);
    },
    /** True once after a drag: the click that ends it opens nothing. */
    wasDragged: (): boolean => {
      const answer = wasDragged.current;
      wasDragged.current = false;
      return answer;
    },
  };
}

function scrollAtEdge(board: HTMLElement | null, x: number): void {
  if (board === null) return;
  const { left, right } = board.getBoundingClientRect();
  if (x > right - edgePixels) board.scrollBy({ left: scrollStep });
  else if (x < left + edgePixels) board.scrollBy({ left: -scrollStep });
}
