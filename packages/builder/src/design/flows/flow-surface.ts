import { createStore } from 'zustand/vanilla';
import type { PaletteChoice } from './edit/new-step.ts';
import type { FlowLayout, StepPlace } from './layout/flow-layout.ts';

/** Something on its way to a place in the flow. */
export type FlowDragItem =
  | { readonly kind: 'move'; readonly ids: readonly string[]; readonly title: string }
  | { readonly kind: 'new'; readonly choice: PaletteChoice; readonly title: string };

/** What is on screen of the flow editor and nowhere else. */
export interface FlowViewState {
  /** Ids of containers that show no inside. */
  readonly folded: ReadonlySet<string>;
  /** Where the palette is open. */
  readonly inserting: StepPlace | undefined;
  readonly drag: FlowDragItem | undefined;
  /** The place that what is dragged would land at. */
  readonly dropPlace: string | undefined;
  /** The step whose menu is open, and where on the page. */
  readonly menu: { readonly step: string; readonly x: number; readonly y: number } | undefined;
}

/** The store of the flow editor's view. */
export const flowView = createStore<FlowViewState>(() => ({
  folded: new Set(),
  inserting: undefined,
  drag: undefined,
  dropPlace: undefined,
  menu: undefined,
}));

/** What a drag needs of the canvas that is open. */
export interface FlowSurface {
  readonly element: () => HTMLElement | null;
  readonly layout: () => FlowLayout;
  /** A point of the page on the canvas, in pixels at 100 %. */
  readonly toFlow: (point: { readonly x: number; readonly y: number }) => { readonly x: number; readonly y: number };
  /** Moves what is seen by so many pixels of the page. */
  readonly panBy: (x: number, y: number) => void;
  readonly reveal: (id: string) => void;
}

/** The open canvas. */
export const flowSurface: { current: FlowSurface | undefined } = { current: undefined };

/** Folds a container or shows its inside again. */
export function toggleFold(id: string): void {
  flowView.setState(({ folded }) => {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    return { folded: next };
  });
}
