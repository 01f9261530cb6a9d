import type { CompiledComponent, CompiledScreen } from '@fettle/definition';

/** What of a screen is not components. */
export type ScreenHead = Omit<CompiledScreen, 'components'>;

/**
 * Where a screen comes from. A published screen never changes; the builder gives a source that follows the draft.
 * What did not change must stay the same object: components render again only when theirs is another one.
 */
export interface ScreenSource {
  subscribe(listener: () => void): () => void;
  getScreen(): ScreenHead;
  getComponent(id: string): CompiledComponent | undefined;
  componentIds(): readonly string[];
}

/** The source of a screen that does not change. */
export function fixedScreen(screen: CompiledScreen): ScreenSource {
  const ids = Object.keys(screen.components);
  return {
    subscribe: () => () => undefined,
    getScreen: () => screen,
    getComponent: (id) => (Object.hasOwn(screen.components, id) ? screen.components[id] : undefined),
    componentIds: () => ids,
  };
}
