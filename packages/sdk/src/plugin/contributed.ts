import type { ComponentManifest } from '../manifest/component.ts';
import type { ConnectorManifest } from '../manifest/connector.ts';
import type { EventActionManifest } from '../manifest/event-action.ts';
import type { FlowActionManifest } from '../manifest/flow-action.ts';
import type { FlowTriggerManifest } from '../manifest/flow-trigger.ts';
import type { FunctionManifest } from '../manifest/function.ts';
import { migrationsFrom } from './migrations.ts';
import type { PluginManifest } from './plugin-manifest.ts';

/** What plugins bring, as manifests of extensions. */
export interface ContributedManifests {
  readonly components: readonly ComponentManifest[];
  readonly connectors: readonly ConnectorManifest[];
  readonly eventActions: readonly EventActionManifest[];
  readonly flowActions: readonly FlowActionManifest[];
  readonly flowTriggers: readonly FlowTriggerManifest[];
  readonly functions: readonly FunctionManifest[];
}

/** What the manifest of a plugin contributes: migrations, which are data in it, are functions here. */
export function contributed({ contributions }: Pick<PluginManifest, 'contributions'>): ContributedManifests {
  return {
    components: withMigrations<ComponentManifest>(contributions.components),
    connectors: withMigrations<ConnectorManifest>(contributions.connectors),
    eventActions: withMigrations<EventActionManifest>(contributions.eventActions),
    flowActions: withMigrations<FlowActionManifest>(contributions.flowActions),
    flowTriggers: withMigrations<FlowTriggerManifest>(contributions.flowTriggers),
    functions: (contributions.functions ?? []) as readonly FunctionManifest[],
  };
}

/** Manifests as they came over the wire, where migrations are data. */
export function withMigrations<M>(list: readonly object[] | undefined): readonly M[] {
  return (list ?? []).map((manifest) => {
    const { migrations, ...rest } = manifest as { readonly migrations?: Parameters<typeof migrationsFrom>[0] };
    return (migrations === undefined ? rest : { ...rest, migrations: migrationsFrom(migrations) }) as M;
  });
}
