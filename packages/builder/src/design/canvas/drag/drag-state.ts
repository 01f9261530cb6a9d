import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DropPlace } from '../geometry/drop-place.ts';

/** What is being dragged. */
export type DragItem =
  | { readonly kind: 'new'; readonly type: string; readonly title: string }
  | { readonly kind: 'move'; readonly ids: readonly string[]; readonly title: string };

/** A drag on its way, and where it would land. */
export interface DragState {
  readonly item: DragItem | undefined;
  readonly place: DropPlace | undefined;
  /** Why it cannot land here. */
  readonly refusal: string | undefined;
}

/** The drag of the design page. */
export const dragState: StoreApi<DragState> = createStore<DragState>(() => ({
  item: undefined,
  place: undefined,
  refusal: undefined,
}));
