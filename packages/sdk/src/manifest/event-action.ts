import type { ExtensionUses } from '@fettle/definition';
import type { TSchema } from 'typebox';
import type { FlowEffect } from './flow-action.ts';
import type { Manifest, SettingsSchema } from './manifest.ts';

/** Something a component can do on an event: run a query, navigate, save a row … */
export interface EventActionManifest<S extends SettingsSchema = SettingsSchema> extends Manifest<'event-action', S> {
  readonly uses?: ExtensionUses;
  /** What `result` holds in the actions that follow on success. Of one that runs on the server, it is checked. */
  readonly result?: TSchema;
  /** Its code runs on the server, as that of every plugin does. Absent: in the page. */
  readonly server?: ServerEventActionFacts;
}

/** What is known of an event action whose code runs on the server. */
export interface ServerEventActionFacts {
  /**
   * What it does outside of itself. `none` and `read` end when whoever pressed leaves, and may be done twice; `write` and
   * `outside` go on to their end, are done once for each press, and are on record.
   */
  readonly effect: FlowEffect;
  /** How long it may take, in milliseconds. Default 30,000. */
  readonly timeoutMs?: number;
}

/** Declares an event action type. */
export function defineEventAction<S extends SettingsSchema>(
  manifest: Omit<EventActionManifest<S>, 'kind'>,
): EventActionManifest<S> {
  return { kind: 'event-action', ...manifest };
}
