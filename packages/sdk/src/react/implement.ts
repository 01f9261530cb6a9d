import type { ComponentType } from 'react';
import type { Static } from 'typebox';
import type { ComponentManifest } from '../manifest/component.ts';
import type { EventActionManifest } from '../manifest/event-action.ts';
import type { SettingsSchema } from '../manifest/manifest.ts';
import type { DataHost } from './host.ts';

/** Props of a component implementation: its settings with all bindings evaluated and defaults filled in. */
export interface ComponentProps<Settings = Readonly<Record<string, unknown>>> {
  readonly settings: Settings;
}

/** A component type's manifest with a way to load its code. */
export interface ComponentExtension {
  readonly manifest: ComponentManifest;
  readonly load: () => Promise<ComponentType<ComponentProps<never>>>;
}

/** Ties a component manifest to its code, loaded when a screen first needs it. */
export function implementComponent<S extends SettingsSchema>(
  manifest: ComponentManifest<S>,
  load: () => Promise<ComponentType<ComponentProps<Static<S>>>>,
): ComponentExtension {
  return { manifest: manifest as unknown as ComponentManifest, load: load as ComponentExtension['load'] };
}

/** What an event action may use. */
export interface EventActionHost {
  readonly data: DataHost;
  readonly mode: 'run' | 'design';
  setState(variable: string, value: unknown): void;
  /** Calls a method that a component of the screen offers. Rejects when the component is not on the screen. */
  callComponent(component: string, method: string, input?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Runs a query again and resolves with its result; binding values follow. */
  runQuery(query: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Runs queries again, and lists of rows too: all, or only those of one component or query. */
  refresh(target: { readonly query?: string; readonly component?: string }): Promise<void>;
  navigate(
    target:
      | { readonly screen: string; readonly params?: Readonly<Record<string, unknown>> }
      | { readonly url: string; readonly newTab?: boolean }
      | { readonly back: true },
  ): void;
  notify(message: { readonly text: string; readonly kind: 'info' | 'success' | 'warning' | 'error' }): void;
  copy(text: string): Promise<void>;
}

/** An event action's manifest with its code. Settings come with bindings evaluated. */
export interface EventActionExtension {
  readonly manifest: EventActionManifest;
  readonly run: (settings: never, host: EventActionHost) => Promise<unknown>;
}

/** Ties an event action manifest to its code. */
export function implementEventAction<S extends SettingsSchema>(
  manifest: EventActionManifest<S>,
  run: (settings: Static<S>, host: EventActionHost) => Promise<unknown>,
): EventActionExtension {
  return { manifest: manifest as unknown as EventActionManifest, run: run as EventActionExtension['run'] };
}
