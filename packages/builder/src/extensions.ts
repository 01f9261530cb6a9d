import { createContext, useContext, type ComponentType } from 'react';
import { bug } from '@fettle/base';
import type { ExtensionCatalog } from '@fettle/definition';
import { createCatalog, type FlowActionManifest, type FlowTriggerManifest, type FunctionManifest } from '@fettle/sdk';
import type { KnownEventAction } from '@fettle/runtime';
import type { ComponentExtension } from '@fettle/sdk/react';

/** The extensions the builder offers and the canvas runs. */
export interface BuilderExtensions {
  readonly components: readonly ComponentExtension[];
  readonly eventActions: readonly KnownEventAction[];
  readonly catalog: ExtensionCatalog;
  /** Loads what flows are made of: asked for when an app is opened, not when the builder starts. */
  readonly loadFlowManifests?: () => Promise<FlowManifests>;
  /** What {@link loadFlowManifests} gave; empty before. */
  readonly flows: FlowManifests;
  /** Functions of plugins that expressions can call. */
  readonly functions: readonly FunctionManifest[];
  /** The icons a builder can choose from, and what draws one. */
  readonly icons?: IconCollection;
}

/** Icons by name. */
export interface IconCollection {
  readonly names: readonly string[];
  readonly Icon: ComponentType<{ readonly name: string; readonly size?: number }>;
}

/** Actions and triggers of flows, in the order they are offered. */
export interface FlowManifests {
  readonly actions: readonly FlowActionManifest[];
  readonly triggers: readonly FlowTriggerManifest[];
}

/** Makes {@link BuilderExtensions} from lists. */
export function createBuilderExtensions(
  lists: Omit<BuilderExtensions, 'catalog' | 'flows' | 'functions'>,
  flows: FlowManifests = { actions: [], triggers: [] },
): BuilderExtensions {
  return {
    ...lists,
    flows,
    functions: [],
    catalog: createCatalog({
      components: lists.components.map((extension) => extension.manifest),
      eventActions: lists.eventActions.map((extension) => extension.manifest),
      flowActions: flows.actions,
      flowTriggers: flows.triggers,
    }),
  };
}

const ExtensionsContext = createContext<BuilderExtensions | undefined>(undefined);

/** Gives the extensions to everything below. */
export const ExtensionsProvider = ExtensionsContext.Provider;

/** The extensions the builder was started with. */
export function useExtensions(): BuilderExtensions {
  const extensions = useContext(ExtensionsContext);
  if (extensions === undefined) throw bug('useExtensions was called outside the builder.');
  return extensions;
}
