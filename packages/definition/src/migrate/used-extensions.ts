import type { App } from '../app.ts';
import type { EventAction } from '../kinds/event-action.ts';
import type { Component, Screen } from '../kinds/screen.ts';
import { extensionKey } from './read-versions.ts';

type EventLists = Readonly<Record<string, readonly EventAction[]>> | undefined;

const componentKeys = new WeakMap<Component, readonly string[]>();

/** Keys (`component:<type>`, `event-action:<type>`) of all extension types an app uses. */
export function usedExtensions(app: App): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const screen of Object.values(app.screens)) screenExtensions(screen, keys);
  return keys;
}

function screenExtensions(screen: Screen, keys: Set<string>): void {
  screenEventExtensions(screen).forEach((key) => keys.add(key));
  for (const component of Object.values(screen.components))
    componentExtensions(component).forEach((key) => keys.add(key));
}

/** Keys of the event action types in a screen's own events. */
export function screenEventExtensions(screen: Screen): readonly string[] {
  const keys: string[] = [];
  collectEvents(screen.events, (key) => keys.push(key));
  return keys;
}

/** Keys of the extension types that one component uses: its own and those of its event actions. */
export function componentExtensions(component: Component): readonly string[] {
  const known = componentKeys.get(component);
  if (known !== undefined) return known;
  const keys = [extensionKey('component', component.type)];
  collectEvents(component.events, (key) => keys.push(key));
  componentKeys.set(component, keys);
  return keys;
}

function collectEvents(events: EventLists, add: (key: string) => void): void {
  if (events === undefined) return;
  for (const actions of Object.values(events)) collectActions(actions, add);
}

function collectActions(actions: readonly EventAction[], add: (key: string) => void): void {
  for (const action of actions) {
    add(extensionKey('event-action', action.type));
    if (action.onSuccess !== undefined) collectActions(action.onSuccess, add);
    if (action.onError !== undefined) collectActions(action.onError, add);
  }
}
