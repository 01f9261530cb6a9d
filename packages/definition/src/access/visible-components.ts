import type { App } from '../app.ts';
import type { AccessRule } from '../kinds/common.ts';
import type { Component, Screen } from '../kinds/screen.ts';

/** True when one of the roles is listed. An empty list is nobody. */
export function allows(rule: AccessRule, roles: ReadonlySet<string>): boolean {
  return rule.roles.some((role) => roles.has(role));
}

/** True when a screen is open to one of the roles, by its own rule or else by the app's. */
export function isScreenVisible(screen: Screen, app: App, roles: ReadonlySet<string>): boolean {
  return allows(screen.access ?? app.access.defaultScreen, roles);
}

/** Ids of the components that the roles may see, in reading order: a component they may not see takes its subtree along. */
export function visibleComponents(screen: Screen, roles: ReadonlySet<string>): readonly string[] {
  const ids: string[] = [];
  const visit = (id: string): void => {
    const component = screen.components[id];
    if (component === undefined || !isComponentVisible(component, roles)) return;
    ids.push(id);
    if (component.slots !== undefined) Object.values(component.slots).forEach((children) => children.forEach(visit));
  };
  visit(screen.root);
  return ids;
}

function isComponentVisible(component: Component, roles: ReadonlySet<string>): boolean {
  return component.access === undefined || allows(component.access, roles);
}
