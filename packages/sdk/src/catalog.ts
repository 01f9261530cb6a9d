import type { ExtensionCatalog, ExtensionDescription } from '@fettle/definition';
import type { ComponentManifest } from './manifest/component.ts';
import type { EventActionManifest } from './manifest/event-action.ts';
import type { FlowActionManifest } from './manifest/flow-action.ts';
import type { FlowTriggerManifest } from './manifest/flow-trigger.ts';
import { libraryOf, type FunctionManifest } from './manifest/function.ts';

/** Gives manifests to the pure packages in the form they ask for. */
export function createCatalog(manifests: {
  readonly components: readonly ComponentManifest[];
  readonly eventActions: readonly EventActionManifest[];
  readonly flowActions?: readonly FlowActionManifest[];
  readonly flowTriggers?: readonly FlowTriggerManifest[];
  readonly functions?: readonly FunctionManifest[];
}): ExtensionCatalog {
  const components = new Map(manifests.components.map((manifest) => [manifest.id, describeComponent(manifest)]));
  const eventActions = new Map(manifests.eventActions.map((manifest) => [manifest.id, describeEventAction(manifest)]));
  const flowActions = new Map(
    (manifests.flowActions ?? []).map((manifest) => [manifest.id, { ...describe(manifest), gives: manifest.output }]),
  );
  const flowTriggers = new Map(
    (manifests.flowTriggers ?? []).map((manifest) => [manifest.id, describeTrigger(manifest)]),
  );
  return {
    component: (type) => components.get(type),
    eventAction: (type) => eventActions.get(type),
    flowAction: (type) => flowActions.get(type),
    flowTrigger: (type) => flowTriggers.get(type),
    ...((manifests.functions ?? []).length === 0 ? {} : { functions: libraryOf(manifests.functions ?? []) }),
  };
}

function describeComponent(manifest: ComponentManifest): ExtensionDescription {
  return {
    ...describe(manifest),
    slots: manifest.slots.map((slot) => slot.name),
    ...(manifest.slotsFrom === undefined ? {} : { slotsFrom: manifest.slotsFrom }),
    events: manifest.events.map((event) => event.name),
    payloads: Object.fromEntries(manifest.events.map(({ name, payload }) => [name, payload ?? null])),
    exposes: manifest.exposes,
    slotScopes: Object.fromEntries(manifest.slots.map((slot) => [slot.name, slot.scope ?? {}])),
  };
}

function describeEventAction(manifest: EventActionManifest): ExtensionDescription {
  return { ...describe(manifest), ...(manifest.server === undefined ? {} : { runsOnServer: true }) };
}

function describeTrigger(manifest: FlowTriggerManifest): ExtensionDescription {
  const described = { ...describe(manifest), gives: manifest.payload };
  if (manifest.source !== 'poll' && manifest.source !== 'listen') return described;
  const cursor = manifest.cursorSettings ?? Object.keys(manifest.settings.properties);
  return { ...described, keeps: { needed: manifest.needed ?? [], cursor } };
}

function describe(
  manifest: ComponentManifest | EventActionManifest | FlowActionManifest | FlowTriggerManifest,
): ExtensionDescription {
  return {
    id: manifest.id,
    version: manifest.version,
    title: manifest.title,
    settings: manifest.settings,
    ...(manifest.uses === undefined ? {} : { uses: manifest.uses }),
    ...(manifest.migrations === undefined ? {} : { migrations: manifest.migrations }),
  };
}
