import type { PointerEvent as ReactPointerEvent } from 'react';
import { outermost } from '../edit/step-tree.ts';
import type { Flow } from '@fettle/definition';
import type { StepPlace } from '../layout/flow-layout.ts';
import { nearestPlace, placesFor } from '../layout/nearest-place.ts';
import { flowSurface, flowView, type FlowDragItem } from '../flow-surface.ts';

/** How far the pointer goes before a press is a drag, in pixels. */
const threshold = 6;
/** How near the edge the canvas begins to move, and how fast at most, in pixels (per frame). */
const edge = { width: 48, speed: 14 } as const;

/** What happens with what was dragged; set by the open editor. */
export const flowDropHandler: {
  current:
    | { readonly flow: () => Flow | undefined; readonly drop: (item: FlowDragItem, place: StepPlace) => void }
    | undefined;
} = { current: undefined };

/** The element that follows the pointer. */
export const dragGhost: { current: HTMLElement | null } = { current: null };

/** Begins a drag when the pointer that was pressed moves; Escape calls it off. One drop is one command. */
export function beginFlowDrag(press: ReactPointerEvent, item: FlowDragItem): void {
  if (press.button !== 0 || !press.isPrimary) return;
  if (press.target instanceof Element && press.target.closest('button') !== null && item.kind === 'move') return;
  const start = { x: press.clientX, y: press.clientY };
  let pointer = start;
  let frame = 0;
  const follow = (): void => {
    frame = 0;
    if (flowView.getState().drag === undefined) return;
    moveGhost(pointer);
    panAtEdge(pointer);
    flowView.setState({ dropPlace: placeUnder(item, pointer)?.id });
    frame = requestAnimationFrame(follow);
  };
  const move = (event: PointerEvent): void => {
    pointer = { x: event.clientX, y: event.clientY };
    if (flowView.getState().drag === undefined) {
      if (Math.hypot(pointer.x - start.x, pointer.y - start.y) < threshold) return;
      flowView.setState({ drag: item });
      document.body.style.cursor = 'grabbing';
    }
    event.preventDefault();
    if (frame === 0) frame = requestAnimationFrame(follow);
  };
  const finish = (isDropped: boolean): void => {
    cancelAnimationFrame(frame);
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', up);
    window.removeEventListener('pointercancel', cancel);
    window.removeEventListener('keydown', key, true);
    document.body.style.cursor = '';
    if (flowView.getState().drag === undefined) return;
    // The press that ends a drag is no click on what is under it.
    window.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener('click', swallow, true), 0);
    const target = isDropped ? placeUnder(item, pointer) : undefined;
    flowView.setState({ drag: undefined, dropPlace: undefined });
    if (target !== undefined) flowDropHandler.current?.drop(item, target.place);
  };
  const up = (event: PointerEvent): void => {
    pointer = { x: event.clientX, y: event.clientY };
    finish(true);
  };
  const cancel = (): void => finish(false);
  const key = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    finish(false);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', up);
  window.addEventListener('pointercancel', cancel);
  window.addEventListener('keydown', key, true);
}

function swallow(event: MouseEvent): void {
  event.stopPropagation();
  event.preventDefault();
}

function placeUnder(item: FlowDragItem, pointer: { readonly x: number; readonly y: number }) {
  const surface = flowSurface.current;
  const element = surface?.element();
  const flow = flowDropHandler.current?.flow();
  if (surface === undefined || element === null || element === undefined || flow === undefined) return undefined;
  const box = element.getBoundingClientRect();
  if (pointer.x < box.left || pointer.x > box.right || pointer.y < box.top || pointer.y > box.bottom) return undefined;
  const { places } = surface.layout();
  const open = item.kind === 'new' ? places : placesFor(places, outermost(flow, item.ids));
  return nearestPlace(open, surface.toFlow(pointer));
}

function moveGhost({ x, y }: { readonly x: number; readonly y: number }): void {
  const ghost = dragGhost.current;
  if (ghost !== null) ghost.style.transform = `translate(${x + 12}px, ${y + 12}px)`;
}

/** At the edge of the canvas what is seen moves along, so that far places can be reached in one drag. */
function panAtEdge({ x, y }: { readonly x: number; readonly y: number }): void {
  const surface = flowSurface.current;
  const box = surface?.element()?.getBoundingClientRect();
  if (surface === undefined || box === undefined || x < box.left - edge.width || x > box.right + edge.width) return;
  const push = (at: number, from: number, to: number): number => {
    if (at < from + edge.width) return -Math.min(1, (from + edge.width - at) / edge.width) * edge.speed;
    if (at > to - edge.width) return Math.min(1, (at - to + edge.width) / edge.width) * edge.speed;
    return 0;
  };
  // Coming from a panel at the side must not move the canvas before it is reached.
  const across = x < box.left || x > box.right ? 0 : push(x, box.left, box.right);
  const along = push(y, box.top, box.bottom);
  if (across !== 0 || along !== 0) surface.panBy(across, along);
}
