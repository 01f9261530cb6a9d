import type { ComponentManifest, EventActionManifest } from '@fettle/sdk';
import type { ComponentExtension, ComponentProps, EventActionExtension } from '@fettle/sdk/react';
import { signal, type ReadonlySignal } from '@preact/signals-core';
import type { ComponentType } from 'react';

/** The code of a component type: on its way into the page, there, or failed to come. */
export type LoadState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly implementation: ComponentType<ComponentProps<never>> }
  | { readonly status: 'failed'; readonly error: unknown };

/** Follows the loading of a component type. */
export type LoadedComponent = ReadonlySignal<LoadState>;

/** An event action whose code is on the server: the page knows what it is, and asks for it to be run. */
export interface ServerEventAction {
  readonly manifest: EventActionManifest;
  readonly runsOnServer: true;
}

/** An event action with its code, wherever that is. */
export type KnownEventAction = EventActionExtension | ServerEventAction;

/** The component types and event actions that are installed. */
export interface ExtensionRegistry {
  manifest(type: string): ComponentManifest | undefined;
  eventAction(type: string): KnownEventAction | undefined;
  /** Starts loading a type's code, once. After a failure the next call tries again. */
  load(type: string): LoadedComponent | undefined;
  /** Loads it and resolves when it is there, or cannot be had. */
  whenLoaded(type: string): Promise<void>;
}

/** Makes a registry of extensions. */
export function createExtensionRegistry(extensions: {
  readonly components: readonly ComponentExtension[];
  readonly eventActions?: readonly KnownEventAction[];
}): ExtensionRegistry {
  const components = new Map(extensions.components.map((extension) => [extension.manifest.id, extension]));
  const eventActions = new Map((extensions.eventActions ?? []).map((extension) => [extension.manifest.id, extension]));
  const loaded = new Map<string, LoadedComponent>();
  const registry: ExtensionRegistry = {
    manifest: (type) => components.get(type)?.manifest,
    eventAction: (type) => eventActions.get(type),
    load(type) {
      const known = loaded.get(type);
      if (known !== undefined) return known;
      const extension = components.get(type);
      if (extension === undefined) return undefined;
      const entry = signal<LoadState>({ status: 'loading' });
      loaded.set(type, entry);
      extension.load().then(
        (implementation) => {
          entry.value = { status: 'ready', implementation };
        },
        (error: unknown) => {
          loaded.delete(type);
          entry.value = { status: 'failed', error };
        },
      );
      return entry;
    },
    whenLoaded(type) {
      const loading = registry.load(type);
      if (loading === undefined) return Promise.resolve();
      return new Promise((resolve) => {
        const stop = loading.subscribe(({ status }) => {
          if (status === 'loading') return;
          // The first call comes before `subscribe` has answered.
          queueMicrotask(() => stop());
          resolve();
        });
      });
    },
  };
  return registry;
}
