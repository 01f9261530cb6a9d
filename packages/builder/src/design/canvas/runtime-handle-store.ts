import type { RuntimeHandle } from '@fettle/runtime';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** The running screen on the canvas: where the inspector asks for live values. */
export const canvasRuntime: StoreApi<{ readonly handle: RuntimeHandle | undefined }> = createStore(() => ({
  handle: undefined as RuntimeHandle | undefined,
}));
