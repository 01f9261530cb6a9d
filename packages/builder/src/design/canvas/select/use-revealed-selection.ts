import { useEffect, useMemo, useRef } from 'react';
import type { Screen } from '@fettle/definition';
import type { RuntimeHandle } from '@fettle/runtime';
import { useStore } from 'zustand';
import { useExtensions } from '../../../extensions.ts';
import { useScreenOutline, useView } from '../../design-context.ts';
import { canvasRoot } from '../canvas-root.ts';
import { pathTo } from '../edit/tree.ts';
import { findCell } from '../geometry/measure-slots.ts';
import { canvasRuntime } from '../runtime-handle-store.ts';

/** How often and how long a component that was only just added is asked to open, in tries and milliseconds. */
const tries = 20;
const pause = 60;

/**
 * Makes what is selected visible: opens the overlays around it and closes them when the selection leaves, and brings
 * its tab to the front.
 */
export function useRevealedSelection(): void {
  const screen = useScreenOutline();
  const selected = useView((state) => state.selection[0]);
  const isInteracting = useView((state) => state.isInteracting);
  const handle = useStore(canvasRuntime, (state) => state.handle);
  const { components } = useExtensions();
  const kinds = useMemo(() => {
    const manifests = components.map(({ manifest }) => manifest);
    const withMethods = (...names: readonly string[]): ReadonlySet<string> =>
      new Set(
        manifests
          .filter(({ methods }) => names.every((name) => methods?.some((method) => method.name === name)))
          .map(({ id }) => id),
      );
    const tabbed = new Set(manifests.filter((manifest) => manifest.slotsFrom !== undefined).map(({ id }) => id));
    return { overlays: withMethods('open', 'close'), tabbed };
  }, [components]);
  const opened = useRef<{ readonly handle: RuntimeHandle | undefined; readonly ids: readonly string[] }>({
    handle: undefined,
    ids: [],
  });
  const path = screen === undefined || selected === undefined ? [] : pathTo(screen, selected);
  const overlays = path.filter((id) => kinds.overlays.has(screen?.components[id]?.type ?? ''));
  const tabs = screen === undefined ? [] : tabsOnPath(screen, path, kinds.tabbed);
  const wanted = JSON.stringify({ overlays, tabs });
  const all = Object.entries(screen?.components ?? {})
    .filter(([, { type }]) => kinds.overlays.has(type))
    .map(([id]) => id)
    .join(' ');
  const wasInteracting = useRef(false);

  useEffect(() => {
    if (isInteracting) wasInteracting.current = true;
    if (handle === undefined || isInteracting) return undefined;
    // Using the app may have opened and closed any of them: afterwards only what the selection wants stays open.
    const isBack = wasInteracting.current;
    wasInteracting.current = false;
    const now = JSON.parse(wanted) as { readonly overlays: readonly string[]; readonly tabs: readonly TabOnPath[] };
    const before = opened.current.handle === handle ? opened.current.ids : [];
    opened.current = { handle, ids: now.overlays };
    for (const id of (isBack ? all.split(' ') : before).filter((other) => !now.overlays.includes(other))) {
      void handle.callMethod(id, 'close').catch(() => undefined);
    }
    let isCurrent = true;
    const reveal = async (): Promise<void> => {
      for (const id of now.overlays.filter((other) => isBack || !before.includes(other))) {
        await callWhenReady(handle, id, 'open', {}, () => isCurrent);
        const cell = canvasRoot.current === null ? undefined : findCell(canvasRoot.current, id);
        requestAnimationFrame(() => cell?.querySelector('[role="dialog"]')?.scrollIntoView({ block: 'nearest' }));
      }
      for (const { id, tab } of now.tabs) await callWhenReady(handle, id, 'select', { tab }, () => isCurrent);
    };
    void reveal();
    return () => {
      isCurrent = false;
    };
  }, [wanted, all, handle, isInteracting]);
}

interface TabOnPath {
  readonly id: string;
  readonly tab: string;
}

/** The tabs a path leads through, outermost first. */
function tabsOnPath(screen: Screen, path: readonly string[], tabbed: ReadonlySet<string>): readonly TabOnPath[] {
  return path.flatMap((id, index) => {
    const component = screen.components[id];
    const child = path[index + 1];
    if (component === undefined || child === undefined || !tabbed.has(component.type)) return [];
    const tab = Object.entries(component.slots ?? {}).find(([, ids]) => ids.includes(child))?.[0];
    return tab === undefined ? [] : [{ id, tab }];
  });
}

/** Calls a method of a component, waiting for one that is still mounting. What cannot be shown is left as it is. */
async function callWhenReady(
  handle: RuntimeHandle,
  id: string,
  method: string,
  input: Readonly<Record<string, unknown>>,
  isCurrent: () => boolean,
): Promise<void> {
  for (let left = tries; left > 0 && isCurrent(); left -= 1) {
    try {
      await handle.callMethod(id, method, input);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
