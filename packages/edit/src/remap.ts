import {
  findSettings,
  pointerKeys,
  type Component,
  type EventAction,
  type ExtensionCatalog,
  type ExtensionUses,
} from '@fettle/definition';
import { rewriteValue } from './rewrite.ts';

/** What copies are called: old id or name → new one. */
export interface Remapping {
  readonly ids: Readonly<Record<string, string>>;
  /** Component names, for expressions. */
  readonly names: Readonly<Record<string, string>>;
  /** Ids of state variables. */
  readonly states: Readonly<Record<string, string>>;
}

type EventLists = Readonly<Record<string, readonly EventAction[]>>;

/** A copy of a component that refers to copies where the original referred to what is copied along. */
export function remapComponent(component: Component, remapping: Remapping, catalog: ExtensionCatalog): Component {
  const { settings, events, visible, slots, name, ...rest } = component;
  return {
    ...rest,
    name: lookUp(remapping.names, name),
    settings: remapSettings(settings, catalog.component(component.type)?.uses, remapping),
    ...(events === undefined ? {} : { events: remapEvents(events, remapping, catalog) }),
    ...(visible === undefined ? {} : { visible: remapExpressions(visible, remapping) }),
    ...(slots === undefined ? {} : { slots: remapSlots(slots, remapping) }),
  };
}

/** The same for event lists. */
export function remapEvents(
  events: EventLists,
  remapping: Remapping,
  catalog: ExtensionCatalog,
): Record<string, EventAction[]> {
  return Object.fromEntries(
    Object.entries(events).map(([event, actions]) => [event, remapActions(actions, remapping, catalog)]),
  );
}

function remapActions(actions: readonly EventAction[], remapping: Remapping, catalog: ExtensionCatalog): EventAction[] {
  return actions.map((action) => {
    const { onSuccess, onError, settings, ...rest } = action;
    return {
      ...remapExpressions(rest, remapping),
      settings: remapSettings(settings, catalog.eventAction(action.type)?.uses, remapping),
      ...(onSuccess === undefined ? {} : { onSuccess: remapActions(onSuccess, remapping, catalog) }),
      ...(onError === undefined ? {} : { onError: remapActions(onError, remapping, catalog) }),
    };
  });
}

function remapSlots(slots: Readonly<Record<string, readonly string[]>>, { ids }: Remapping): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(slots).map(([slot, children]) => [slot, children.map((id) => lookUp(ids, id))]),
  );
}

function remapSettings(
  settings: Readonly<Record<string, unknown>>,
  uses: ExtensionUses | undefined,
  remapping: Remapping,
): Record<string, unknown> {
  const copy = structuredClone(remapExpressions(settings, remapping)) as Record<string, unknown>;
  for (const path of uses?.components ?? []) remapIds(copy, path, remapping.ids);
  for (const path of uses?.states ?? []) remapIds(copy, path, remapping.states);
  return copy;
}

function remapIds(settings: Record<string, unknown>, path: string, ids: Readonly<Record<string, string>>): void {
  for (const found of findSettings(settings, path)) {
    if (typeof found.value !== 'string' || !Object.hasOwn(ids, found.value)) continue;
    const keys = pointerKeys(found.path);
    const holder = keys.slice(0, -1).reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], settings);
    (holder as Record<string, unknown>)[keys.at(-1) ?? ''] = lookUp(ids, found.value);
  }
}

/** All names at once, so that a new name which equals another old one is not renamed again. */
function remapExpressions<T>(value: T, { names }: Remapping): T {
  const isRenamed = Object.entries(names).some(([from, to]) => from !== to);
  if (!isRenamed) return value;
  return rewriteValue(value, 'components', ([root, name, ...rest]) =>
    root === 'components' && name !== undefined && rest.length === 0 && Object.hasOwn(names, name)
      ? [root, lookUp(names, name)]
      : undefined,
  );
}

function lookUp(map: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(map, key) ? (map[key] ?? key) : key;
}
