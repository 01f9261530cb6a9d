import { createContext, useContext, useMemo, useRef } from 'react';
import { AppError, bug } from '@fettle/base';
import type { App, Flow, Screen } from '@fettle/definition';
import type { Command } from '@fettle/edit';
import { useStore } from 'zustand';
import { notifyError } from '../shell/notify.ts';
import type { DraftSession, DraftState } from './session/draft-session.ts';
import { hasSameOutline } from './screen-outline.ts';
import type { DesignView, ViewState } from './view-state.ts';

/** What every part of the design page works with. */
export interface Design {
  readonly appId: string;
  readonly workspaceId: string;
  readonly session: DraftSession;
  readonly view: DesignView;
}

const DesignContext = createContext<Design | undefined>(undefined);

/** Gives the design to everything below. */
export const DesignProvider = DesignContext.Provider;

/** The design being worked on. */
export function useDesign(): Design {
  const design = useContext(DesignContext);
  if (design === undefined) throw bug('useDesign was called outside the design page.');
  return design;
}

/** A part of the draft. Renders again only when the part is another value. */
export function useDraft<T>(select: (state: DraftState) => T): T {
  return useStore(useDesign().session.store, select);
}

/** The app as edited. */
export function useApp<T>(select: (app: App) => T): T {
  return useDraft((state) => select(state.app));
}

/** A part of what is merely on screen: selection, open panels, zoom. Never undone, never saved with the app. */
export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(useDesign().view, select);
}

/**
 * A part of the app that counts as the same while `isSame` says so: who shows names does not render for each letter
 * typed into a setting.
 */
export function useSteadyApp<T>(select: (app: App) => T, isSame: (before: T, after: T) => boolean): T {
  const last = useRef<{ readonly value: T } | undefined>(undefined);
  return useApp((app) => {
    const value = select(app);
    if (last.current === undefined || !isSame(last.current.value, value)) last.current = { value };
    return last.current.value;
  });
}

/**
 * The screen on the canvas for who looks at the order and the names of its components alone: another object only when
 * these change. Settings, layouts and events in it may be those of an earlier edit.
 */
export function useScreenOutline(): Screen | undefined {
  const screenId = useView((state) => state.screen);
  return useSteadyApp((app) => app.screens[screenId], hasSameOutline);
}

/** The screen on the canvas, undefined when the app has none. */
export function useCurrentScreen(): Screen | undefined {
  const screenId = useView((state) => state.screen);
  return useApp((app) => app.screens[screenId]);
}

/** The flow in the middle, undefined while a screen is there. */
export function useCurrentFlow(): Flow | undefined {
  const flowId = useView((state) => state.flow);
  return useApp((app) => (flowId === undefined ? undefined : app.flows[flowId]));
}

/**
 * Sends an edit command. Answers whether it was applied; a refused one is explained to the person. `mergeKey` makes
 * consecutive edits of one place a single step to undo.
 */
export function useDispatch(): (command: Command, options?: { readonly mergeKey?: string }) => boolean {
  const { session } = useDesign();
  return useMemo(
    () => (command, options) => {
      const applied = session.dispatch(command, options);
      if (!applied.ok)
        notifyError(applied.error instanceof AppError ? applied.error : bug('refused'), 'This edit is not possible');
      return applied.ok;
    },
    [session],
  );
}
