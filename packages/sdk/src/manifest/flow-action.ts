import type { ExtensionUses } from '@fettle/definition';
import type { TSchema } from 'typebox';
import type { Manifest, SettingsSchema } from './manifest.ts';

/**
 * What an action does outside of its run:
 * `none` computes only, `read` looks at something, `write` changes rows of a data source (a dry run rolls them back),
 * `outside` changes anything else (a dry run shows it and does not do it).
 * Actions that are `none` or `read` may be done again after a crash without anybody noticing.
 */
export type FlowEffect = 'none' | 'read' | 'write' | 'outside';

/** A step type of flows that does one thing: create a row, send a message, transform a list … */
export interface FlowActionManifest<S extends SettingsSchema = SettingsSchema> extends Manifest<'flow-action', S> {
  readonly effect: FlowEffect;
  /** Another effect when a setting has one of these (plain) values: `GET` of an HTTP request only reads. */
  readonly effectWhen?: readonly {
    readonly setting: string;
    readonly in: readonly unknown[];
    readonly effect: FlowEffect;
  }[];
  /** What `steps.<name>.output` holds. */
  readonly output: TSchema;
  /** An output as an example: offered to bindings before the step has ever run. */
  readonly sample?: unknown;
  readonly uses?: ExtensionUses;
  /** Setting that says in one line what the step does, for its card: its value stands below the step's name. */
  readonly summary?: string;
  /** Off until the operator allows it (SSH, backups): the name of the capability. */
  readonly capability?: string;
  /** How long one attempt may take when the step does not say, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
}

/** Declares a flow action type. */
export function defineFlowAction<S extends SettingsSchema>(
  manifest: Omit<FlowActionManifest<S>, 'kind'>,
): FlowActionManifest<S> {
  return { kind: 'flow-action', ...manifest };
}

/** The effect of an action with these settings. A setting that is bound counts as none of the listed values. */
export function effectOf(
  manifest: Pick<FlowActionManifest, 'effect' | 'effectWhen'>,
  settings: Readonly<Record<string, unknown>>,
): FlowEffect {
  const special = manifest.effectWhen?.find(({ setting, in: values }) => values.includes(settings[setting]));
  return special?.effect ?? manifest.effect;
}
