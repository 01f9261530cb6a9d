import type { ExtensionUses } from '@fettle/definition';
import type { TSchema } from 'typebox';
import type { Manifest, SettingsSchema } from './manifest.ts';

/**
 * How a trigger learns that something happened:
 * `call` an app, another flow or a person starts it; `schedule` time passes; `webhook` a request comes in;
 * `row` a row changes through Fettle; `poll` the server asks again and again; `event` something happens in Fettle;
 * `listen` a connection to a broker or mailbox stays open.
 */
export type FlowTriggerSource = 'call' | 'schedule' | 'webhook' | 'row' | 'poll' | 'event' | 'listen';

/** What can start a flow. */
export interface FlowTriggerManifest<S extends SettingsSchema = SettingsSchema> extends Manifest<'flow-trigger', S> {
  readonly source: FlowTriggerSource;
  /** What `trigger` holds in expressions. */
  readonly payload: TSchema;
  /** A payload as an example: for trial runs and for bindings before the flow has ever run. */
  readonly sample: unknown;
  readonly uses?: ExtensionUses;
  /** Setting that says in one line what starts the flow, for its card. */
  readonly summary?: string;
  /**
   * Of `poll` and `listen`: settings that it cannot work without. Publishing asks for them.
   */
  readonly needed?: readonly string[];
  /**
   * Of `poll` and `listen`: settings that say what the stored cursor is a place in. When one of them changes, the source
   * begins anew; with any other change it goes on where it was. Absent: all of them.
   */
  readonly cursorSettings?: readonly string[];
}

/** Declares a flow trigger type. */
export function defineFlowTrigger<S extends SettingsSchema>(
  manifest: Omit<FlowTriggerManifest<S>, 'kind'>,
): FlowTriggerManifest<S> {
  return { kind: 'flow-trigger', ...manifest };
}
