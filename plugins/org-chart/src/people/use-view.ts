import { useEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';

/** How far a chart is zoomed and how it is dragged. */
export interface View {
  readonly element: RefObject<HTMLDivElement | null>;
  /** Too narrow for a chart: an indented list instead. */
  readonly isNarrow: boolean;
  readonly zoom: number;
  step(step: 1 | -1 | 0): void;
  readonly drag: {
    onPointerDown(event: PointerEvent<HTMLElement>): void;
    onPointerMove(event: PointerEvent<HTMLElement>): void;
    onPointerUp(event: PointerEvent<HTMLElement>): void;
  };
}

const narrowest = 560;
const zooms = [0.4, 0.5, 0.65, 0.8, 1, 1.25, 1.5] as const;

/** Whoever everybody reports to stands in the middle of a chart. */
function showTop(place: HTMLElement): void {
  place.scrollLeft = (place.scrollWidth - place.clientWidth) / 2;
}

/** Keeps the view of a chart. */
export function useView(isNarrowAtFirst: boolean): View {
  const element = useRef<HTMLDivElement>(null);
  const [isNarrow, setIsNarrow] = useState(isNarrowAtFirst);
  const [zoom, setZoom] = useState(1);
  const from = useRef<{ readonly x: number; readonly y: number; readonly left: number; readonly top: number }>(
    undefined,
  );
  useEffect(() => {
    const place = element.current;
    if (place === null || typeof ResizeObserver === 'undefined') return undefined;
    let isFirst = true;
    const observer = new ResizeObserver(() => {
      if (place.clientWidth === 0) return;
      setIsNarrow(place.clientWidth < narrowest);
      if (isFirst) showTop(place);
      isFirst = false;
    });
    observer.observe(place);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!isNarrow && element.current !== null) showTop(element.current);
  }, [isNarrow]);
  return {
    element,
    isNarrow,
    zoom,
    step: (step) =>
      setZoom((before) => {
        if (step === 0) return 1;
        const at = zooms.findIndex((one) => one >= before);
        return zooms[Math.min(zooms.length - 1, Math.max(0, at + step))] ?? 1;
      }),
    drag: {
      onPointerDown(event) {
        const place = element.current;
        // Fingers scroll by themselves; boxes are there to be pressed.
        if (place === null || event.pointerType !== 'mouse' || event.button !== 0) return;
        if ((event.target as Element).closest('[role="treeitem"]') !== null) return;
        from.current = { x: event.clientX, y: event.clientY, left: place.scrollLeft, top: place.scrollTop };
        place.setPointerCapture(event.pointerId);
      },
      onPointerMove(event) {
        const start = from.current;
        if (start === undefined || element.current === null) return;
        element.current.scrollLeft = start.left - (event.clientX - start.x);
        element.current.scrollTop = start.top - (event.clientY - start.y);
      },
      onPointerUp() {
        from.current = undefined;
      },
    },
  };
}
