import type { App } from '../app.ts';
import { compileComponent, compileScreen } from '../compile/compile-screen.ts';
import type { AccessPlan } from '../compiled.ts';
import type { Query } from '../kinds/query.ts';
import type { ExtensionCatalog } from '../uses.ts';
import { componentUses, screenUses, type NamedUses } from './component-uses.ts';
import type { UsedTable } from './extension-use.ts';
import { serverActionTargets } from './server-actions.ts';
import { tableRights } from './table-rights.ts';
import { allows, isScreenVisible, visibleComponents } from './visible-components.ts';

/**
 * What somebody with these roles (already expanded by inheritance) may do in an app. Deny by default:
 * - a screen by its own rule, or the app's rule for screens;
 * - a query by its own rule; without one, when something they can see uses it: a component's settings, bindings or
 *   event actions, or the events of a screen;
 * - a flow, to be started, by its own rule; without one, when a component or event they can see starts it;
 * - an event action on the server, when it stands at a component or screen that they can see;
 * - a table by what the components and event actions they can see declare in `uses`, unless a rule of the app says
 *   otherwise for an action.
 */
export function accessPlan(app: App, effectiveRoles: ReadonlySet<string>, catalog: ExtensionCatalog): AccessPlan {
  const visible = visibleParts(app, effectiveRoles, catalog);
  const { eventActions } = visible;
  return {
    screens: visible.screens,
    queries: openQueries(app, effectiveRoles, visible.uses),
    flows: openFlows(app, effectiveRoles, visible.uses),
    ...(eventActions.length === 0 ? {} : { eventActions }),
    tables: tableRights(
      app.access,
      effectiveRoles,
      visible.uses.flatMap<UsedTable>(({ tables }) => tables),
    ),
  };
}

function visibleParts(
  app: App,
  roles: ReadonlySet<string>,
  catalog: ExtensionCatalog,
): {
  readonly screens: readonly string[];
  readonly uses: readonly NamedUses[];
  readonly eventActions: readonly string[];
} {
  const screens: string[] = [];
  const eventActions: string[] = [];
  const uses: NamedUses[] = [];
  for (const screen of Object.values(app.screens)) {
    if (!isScreenVisible(screen, app, roles)) continue;
    screens.push(screen.id);
    uses.push(screenUses(compileScreen(screen), catalog));
    eventActions.push(...serverActionTargets(screen.events, { screen: screen.id, owner: 'screen' }, catalog));
    for (const id of visibleComponents(screen, roles)) {
      const component = screen.components[id];
      if (component === undefined) continue;
      uses.push(componentUses(compileComponent(id, component), catalog));
      eventActions.push(...serverActionTargets(component.events, { screen: screen.id, owner: id }, catalog));
    }
  }
  return { screens, uses, eventActions };
}

function openFlows(app: App, roles: ReadonlySet<string>, uses: readonly NamedUses[]): readonly string[] {
  const used = new Set(uses.flatMap(({ flows }) => flows));
  return Object.values(app.flows)
    .filter(({ id, access }) => (access === undefined ? used.has(id) : allows(access, roles)))
    .map(({ id }) => id);
}

function openQueries(app: App, roles: ReadonlySet<string>, uses: readonly NamedUses[]): readonly string[] {
  const used = new Set<string>();
  const names = new Set<string>();
  for (const use of uses) {
    use.queries.forEach((id) => used.add(id));
    use.queryNames.forEach((name) => names.add(name));
  }
  const isOpen = (query: Query): boolean =>
    query.access === undefined ? used.has(query.id) || names.has(query.name) : allows(query.access, roles);
  return Object.values(app.queries)
    .filter(isOpen)
    .map(({ id }) => id);
}
