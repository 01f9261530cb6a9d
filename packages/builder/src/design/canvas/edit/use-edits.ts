import { useMemo } from 'react';
import { createShortId } from '@fettle/base';
import type { Screen } from '@fettle/definition';
import { useExtensions } from '../../../extensions.ts';
import { notifySuccess } from '../../../shell/notify.ts';
import { useDesign, useDispatch } from '../../design-context.ts';
import { copyComponents, pasteCommand, readClipboard } from './clipboard.ts';
import { insertComponent } from './insert-component.ts';
import { placeOf, subtreeIds } from './tree.ts';

/** What can be done to the selection, from the canvas, the tree, menus and keys alike. */
export interface Edits {
  duplicate(): void;
  remove(): void;
  copy(): Promise<void>;
  cut(): Promise<void>;
  paste(): Promise<void>;
  /** Puts the selection into a new container of this type. */
  wrap(type: string): void;
  /** Adds a component after (or in) the selection. */
  add(type: string): void;
  /** Moves the selection one place up (-1) or down (1) among its siblings. */
  nudge(step: -1 | 1): void;
}

/** The edits of the selection. */
export function useEdits(): Edits {
  const { session, view } = useDesign();
  const dispatch = useDispatch();
  const { components } = useExtensions();
  return useMemo(() => {
    const manifests = components.map(({ manifest }) => manifest);
    const current = (): { readonly screen: Screen; readonly ids: readonly string[] } | undefined => {
      const screen = session.store.getState().app.screens[view.getState().screen];
      if (screen === undefined) return undefined;
      return {
        screen,
        ids: view.getState().selection.filter((id) => id !== screen.root && screen.components[id] !== undefined),
      };
    };
    /** Where something new goes: into the selected container, else after the selected component, else at the end. */
    const target = (screen: Screen, ids: readonly string[]) => {
      const id = ids[0] ?? screen.root;
      const slot = manifests.find((manifest) => manifest.id === screen.components[id]?.type)?.slots[0]?.name;
      const place = placeOf(screen, id);
      if (slot !== undefined && (id === screen.root || manifestTakesChildren(manifests, screen, id))) {
        return { parent: id, slot, index: screen.components[id]?.slots?.[slot]?.length ?? 0 };
      }
      return place === undefined ? undefined : { ...place, index: place.index + 1 };
    };
    const remove = (): void => {
      const now = current();
      if (now === undefined || now.ids.length === 0) return;
      const next = placeOf(now.screen, now.ids[0] ?? '')?.parent;
      if (dispatch({ type: 'component.remove', screen: now.screen.id, components: [...now.ids] })) {
        view.select(next === undefined || next === now.screen.root ? [] : [next]);
      }
    };
    const copy = async (): Promise<void> => {
      const now = current();
      if (now === undefined || now.ids.length === 0) return;
      await copyComponents(now.screen, now.ids);
      notifySuccess(now.ids.length === 1 ? 'Copied.' : `${now.ids.length} components copied.`);
    };
    return {
      remove,
      copy,
      async cut() {
        await copy();
        remove();
      },
      async paste() {
        const now = current();
        const clip = await readClipboard();
        if (now === undefined || clip === undefined) return;
        const place = target(now.screen, now.ids);
        const paste = place && pasteCommand(now.screen, clip, place);
        if (paste !== undefined && dispatch(paste.command)) view.select(paste.roots);
      },
      duplicate() {
        const now = current();
        if (now === undefined || now.ids.length === 0) return;
        const ids = Object.fromEntries(
          now.ids.flatMap((id) => subtreeIds(now.screen, id)).map((id) => [id, createShortId('cmp')]),
        );
        if (dispatch({ type: 'component.duplicate', screen: now.screen.id, components: [...now.ids], ids })) {
          view.select(now.ids.map((id) => ids[id] ?? id));
        }
      },
      wrap(type) {
        const now = current();
        const place = now && placeOf(now.screen, now.ids[0] ?? '');
        const slot = manifests.find((manifest) => manifest.id === type)?.slots[0]?.name;
        if (now === undefined || place === undefined || slot === undefined) return;
        const addition = insertComponent({ screen: now.screen, type, place, manifests });
        if (addition === undefined || addition.command.type !== 'component.add') return;
        const root = addition.command.components[addition.root];
        const bare = root === undefined ? {} : { [addition.root]: { ...root, slots: {} } };
        const isDone = dispatch({
          type: 'batch',
          commands: [
            { ...addition.command, components: bare },
            {
              type: 'component.move',
              screen: now.screen.id,
              components: [...now.ids],
              parent: addition.root,
              slot,
              index: 0,
            },
          ],
        });
        if (isDone) view.select([addition.root]);
      },
      add(type) {
        const now = current();
        const place = now && target(now.screen, now.ids);
        if (now === undefined || place === undefined) return;
        const addition = insertComponent({ screen: now.screen, type, place, manifests });
        if (addition !== undefined && dispatch(addition.command)) view.select([addition.root]);
      },
      nudge(step) {
        const now = current();
        const place = now && placeOf(now.screen, now.ids[0] ?? '');
        if (now === undefined || place === undefined) return;
        const size = now.screen.components[place.parent]?.slots?.[place.slot]?.length ?? 0;
        const index = place.index + step;
        if (index < 0 || index >= size) return;
        dispatch({
          type: 'component.move',
          screen: now.screen.id,
          components: [...now.ids],
          parent: place.parent,
          slot: place.slot,
          index,
        });
      },
    };
  }, [components, dispatch, session, view]);
}

function manifestTakesChildren(
  manifests: readonly { readonly id: string; readonly slots: readonly unknown[] }[],
  screen: Screen,
  id: string,
): boolean {
  const manifest = manifests.find((candidate) => candidate.id === screen.components[id]?.type);
  return (manifest?.slots.length ?? 0) > 0;
}
