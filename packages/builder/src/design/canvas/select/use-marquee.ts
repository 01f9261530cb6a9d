import { useCallback, useEffect, useRef, type PointerEvent } from 'react';
import { createStore } from 'zustand/vanilla';
import { useDesign } from '../../design-context.ts';
import { canvasRoot } from '../canvas-root.ts';
import type { Box } from '../geometry/drop-place.ts';
import { boxBetween, touchedBy } from '../geometry/marquee.ts';
import { measureSlots } from '../geometry/measure-slots.ts';

/** The rubber band while it is drawn, in the coordinates of the viewport's content. */
export const marqueeState = createStore<{ readonly band: Box | undefined }>(() => ({ band: undefined }));

/** Pixels that a pointer moves before a press is a drag. */
const threshold = 4;

/**
 * Selecting with a rubber band: a drag from empty space selects what it touches; with Shift, it adds. Escape brings the
 * selection back that was there before. Answers what to call on a press.
 */
export function useMarquee(): (event: PointerEvent<HTMLElement>, onBegin: () => void) => void {
  const { view } = useDesign();
  const stopRef = useRef<() => void>(undefined);
  useEffect(() => () => stopRef.current?.(), []);
  return useCallback(
    (event, onBegin) => {
      const viewport = event.currentTarget;
      const root = canvasRoot.current;
      if (event.button !== 0 || event.pointerType === 'touch' || root === null || isOnScrollbar(event)) return;
      const before = view.getState().selection;
      const base = event.shiftKey ? before : [];
      const from = viewport.getBoundingClientRect();
      const at = (x: number, y: number) => ({
        x: x - from.left + viewport.scrollLeft,
        y: y - from.top + viewport.scrollTop,
      });
      const start = at(event.clientX, event.clientY);
      let pointer = { x: event.clientX, y: event.clientY };
      let slots: ReturnType<typeof measureSlots> | undefined;
      const draw = (): void => {
        const end = at(pointer.x, pointer.y);
        if (slots === undefined && Math.hypot(end.x - start.x, end.y - start.y) < threshold) return;
        if (slots === undefined) onBegin();
        // What scrolled stands elsewhere on the page than when it was measured.
        slots ??= measureSlots(root, () => false);
        const band = boxBetween(start, end);
        marqueeState.setState({ band });
        const onPage = {
          ...band,
          left: band.left + from.left - viewport.scrollLeft,
          top: band.top + from.top - viewport.scrollTop,
        };
        const touched = touchedBy(onPage, slots);
        const next = [...base, ...touched.filter((id) => !base.includes(id))];
        if (next.join(' ') !== view.getState().selection.join(' ')) view.select(next);
      };
      const onMove = (move: globalThis.PointerEvent): void => {
        pointer = { x: move.clientX, y: move.clientY };
        draw();
      };
      const onScroll = (): void => {
        if (slots === undefined) return;
        slots = measureSlots(root, () => false);
        draw();
      };
      const onKey = (key: KeyboardEvent): void => {
        if (key.key !== 'Escape' || slots === undefined) return;
        key.preventDefault();
        key.stopPropagation();
        view.select(before);
        stop();
      };
      const stop = (): void => {
        marqueeState.setState({ band: undefined });
        window.removeEventListener('pointermove', onMove);
        window.removeEventListener('pointerup', stop);
        window.removeEventListener('pointercancel', stop);
        window.removeEventListener('keydown', onKey, true);
        viewport.removeEventListener('scroll', onScroll);
        stopRef.current = undefined;
      };
      stopRef.current?.();
      stopRef.current = stop;
      window.addEventListener('pointermove', onMove);
      window.addEventListener('pointerup', stop);
      window.addEventListener('pointercancel', stop);
      window.addEventListener('keydown', onKey, true);
      viewport.addEventListener('scroll', onScroll);
    },
    [view],
  );
}

function isOnScrollbar({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): boolean {
  const { left, top } = currentTarget.getBoundingClientRect();
  return clientX - left > currentTarget.clientWidth || clientY - top > currentTarget.clientHeight;
}
