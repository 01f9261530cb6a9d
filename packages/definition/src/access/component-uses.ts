import { templateDependencies } from '@fettle/expression';
import type { Bindings, CompiledComponent, CompiledScreen } from '../compiled.ts';
import type { EventAction } from '../kinds/event-action.ts';
import type { ExtensionCatalog } from '../uses.ts';
import { usesOfSettings, type UsedTable, type Uses } from './extension-use.ts';

/** {@link Uses}, with queries that bindings call by name still to be looked up. */
export interface NamedUses extends Uses {
  /** Names `x` of `queries.x` in bindings. */
  readonly queryNames: readonly string[];
}

type EventLists = Readonly<Record<string, readonly EventAction[]>> | undefined;

// By catalog, then by compiled component or screen: both live as long as the definition they came from.
const remembered = new WeakMap<ExtensionCatalog, WeakMap<object, NamedUses>>();

/** What a component uses: its settings, its event actions however nested, and its bindings. */
export function componentUses(component: CompiledComponent, catalog: ExtensionCatalog): NamedUses {
  return remember(component, catalog, () => {
    const own = usesOfSettings(component.settings, catalog.component(component.type));
    return joinUses([own, ...eventUses(component.events, catalog)], component.bindings);
  });
}

/** What a screen's own events and texts use. */
export function screenUses(screen: CompiledScreen, catalog: ExtensionCatalog): NamedUses {
  return remember(screen, catalog, () => joinUses(eventUses(screen.events, catalog), screen.bindings));
}

function remember(key: object, catalog: ExtensionCatalog, compute: () => NamedUses): NamedUses {
  let ofCatalog = remembered.get(catalog);
  if (ofCatalog === undefined) remembered.set(catalog, (ofCatalog = new WeakMap()));
  let uses = ofCatalog.get(key);
  if (uses === undefined) ofCatalog.set(key, (uses = compute()));
  return uses;
}

function eventUses(events: EventLists, catalog: ExtensionCatalog): readonly Uses[] {
  return events === undefined ? [] : Object.values(events).flatMap((actions) => actionUses(actions, catalog));
}

function actionUses(actions: readonly EventAction[], catalog: ExtensionCatalog): readonly Uses[] {
  return actions.flatMap((action) => [
    usesOfSettings(action.settings, catalog.eventAction(action.type)),
    ...actionUses(action.onSuccess ?? [], catalog),
    ...actionUses(action.onError ?? [], catalog),
  ]);
}

function joinUses(uses: readonly Uses[], bindings: Bindings): NamedUses {
  const queries = new Set<string>();
  const flows = new Set<string>();
  const tables: UsedTable[] = [];
  for (const use of uses) {
    use.queries.forEach((query) => queries.add(query));
    use.flows.forEach((flow) => flows.add(flow));
    tables.push(...use.tables);
  }
  // Copies of databases are made by flows alone.
  return {
    queries: [...queries],
    flows: [...flows],
    tables,
    backups: [],
    queryNames: [...new Set(queryNames(bindings))],
  };
}

/** Only `queries.name`: a computed `queries[x]` names no query, so it opens none. */
function queryNames(bindings: Bindings): readonly string[] {
  return Object.values(bindings).flatMap((template) =>
    templateDependencies(template).flatMap(([root, name]) => (root === 'queries' && name !== undefined ? [name] : [])),
  );
}
