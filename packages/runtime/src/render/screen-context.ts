import { bug } from '@fettle/base';
import { createContext, useContext, type ReactNode } from 'react';
import type { ScreenStore } from '../state/screen-store.ts';

/** What the canvas puts around components and into slots. */
export interface Decorators {
  /** Gets a component's cell, answers what to render instead (usually the cell and something over it). */
  readonly component?: (id: string, cell: ReactNode) => ReactNode;
  /** Gets the children of a slot, answers what to render instead (e.g. a drop zone when it is empty). */
  readonly slot?: (component: string, slot: string, children: ReactNode, count: number) => ReactNode;
}

/** What every component view of a screen shares. */
export interface ScreenContextValue {
  readonly store: ScreenStore;
  readonly decorate: Decorators;
}

const ScreenContext = createContext<ScreenContextValue | undefined>(undefined);

/** Put around the components of a screen. */
export const ScreenContextProvider = ScreenContext.Provider;

/** The screen that is being rendered. */
export function useScreen(): ScreenContextValue {
  const value = useContext(ScreenContext);
  if (value === undefined) throw bug('A component view was rendered outside a screen view.');
  return value;
}
