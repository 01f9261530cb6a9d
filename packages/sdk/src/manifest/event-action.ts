import type { ExtensionUses } from '@fettle/definition';
import type { TSchema } from 'typebox';
import type { Manifest, SettingsSchema } from './manifest.ts';

/** Something a component can do on an event: run a query, navigate, save a row … */
export interface EventActionManifest<S extends SettingsSchema = SettingsSchema> extends Manifest<'event-action', S> {
  readonly uses?: ExtensionUses;
  /** What `result` holds in the actions that follow on success. */
  readonly result?: TSchema;
}

/** Declares an event action type. */
export function defineEventAction<S extends SettingsSchema>(
  manifest: Omit<EventActionManifest<S>, 'kind'>,
): EventActionManifest<S> {
  return { kind: 'event-action', ...manifest };
}
