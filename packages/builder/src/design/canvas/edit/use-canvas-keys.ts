import { useCallback, useEffect, type RefObject } from 'react';
import type { Screen } from '@fettle/definition';
import { useDesign } from '../../design-context.ts';
import { dragState } from '../drag/drag-state.ts';
import { placeOf } from './tree.ts';
import { useEdits } from './use-edits.ts';

/** The keys of the canvas: selecting, moving, copying and deleting without a pointer. */
export function useCanvasKeys(viewport: RefObject<HTMLElement | null>): void {
  const { session, view } = useDesign();
  const runEditKey = useEditKeys();
  useEffect(() => {
    const element = viewport.current;
    if (element === null) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (
        event.target instanceof HTMLElement &&
        (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName))
      )
        return;
      // During a drag the keys are the drag's: Escape ends it.
      if (dragState.getState().item !== undefined) return;
      if (view.getState().isInteracting) {
        if (event.key === 'Escape') view.setState({ isInteracting: false });
        return;
      }
      const screen = session.store.getState().app.screens[view.getState().screen];
      if (screen === undefined) return;
      const isHandled = runKey(event, screen);
      if (isHandled) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    const runKey = (event: KeyboardEvent, screen: Screen): boolean => runEditKey(event) || step(event, screen);
    const step = (event: KeyboardEvent, screen: Screen): boolean => {
      const next = nextSelection(event.key, screen, view.getState().selection[0]);
      if (next === undefined) return false;
      view.select([next]);
      return true;
    };
    element.addEventListener('keydown', onKey);
    return () => element.removeEventListener('keydown', onKey);
  }, [runEditKey, session, view, viewport]);
}

/** What the keys of the canvas and of the tree do to the selection. Answers whether the key means something. */
export function useEditKeys(): (event: EditKey) => boolean {
  const { session, view } = useDesign();
  const edits = useEdits();
  return useCallback(
    (event) => {
      const isMod = event.metaKey || event.ctrlKey;
      const key = event.key.toLowerCase();
      if (isMod && key === 'd') edits.duplicate();
      else if (isMod && key === 'c') void edits.copy();
      else if (isMod && key === 'x') void edits.cut();
      else if (isMod && key === 'v') void edits.paste();
      else if (isMod && key === 'a')
        view.select(
          siblingsOf(session.store.getState().app.screens[view.getState().screen], view.getState().selection[0]),
        );
      else if (isMod && key === 'g') edits.wrap('core/stack');
      else if (key === 'delete' || key === 'backspace') edits.remove();
      else if (key === '/') view.setState({ left: 'add' });
      else if (event.altKey && (key === 'arrowup' || key === 'arrowdown')) edits.nudge(key === 'arrowup' ? -1 : 1);
      else return false;
      return true;
    },
    [edits, session, view],
  );
}

/** All components beside the selected one; those of the screen when none is selected. */
export function siblingsOf(screen: Screen | undefined, selected: string | undefined): readonly string[] {
  if (screen === undefined) return [];
  const parent = selected === undefined ? screen.root : (placeOf(screen, selected)?.parent ?? screen.root);
  return Object.values(screen.components[parent]?.slots ?? {}).flat();
}

type EditKey = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** Which component a key selects: arrows go among siblings, Enter into, Escape out. Undefined: the key means nothing. */
export function nextSelection(key: string, screen: Screen, selected: string | undefined): string | undefined {
  const firstChild = (id: string): string | undefined => Object.values(screen.components[id]?.slots ?? {}).flat()[0];
  if (selected === undefined)
    return ['ArrowDown', 'ArrowRight', 'Enter'].includes(key) ? (firstChild(screen.root) ?? screen.root) : undefined;
  if (key === 'Enter') return firstChild(selected);
  const place = placeOf(screen, selected);
  if (place === undefined) return undefined;
  if (key === 'Escape') return place.parent;
  const siblings = Object.values(screen.components[place.parent]?.slots ?? {}).flat();
  const index = siblings.indexOf(selected);
  if (key === 'ArrowDown' || key === 'ArrowRight') return siblings[index + 1];
  if (key === 'ArrowUp' || key === 'ArrowLeft') return siblings[index - 1];
  return undefined;
}
