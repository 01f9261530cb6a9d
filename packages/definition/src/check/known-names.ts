import type { KnownNames } from '@fettle/expression';
import type { App } from '../app.ts';
import { routeParameters } from '../invariants/routes.ts';
import type { Screen } from '../kinds/screen.ts';
import type { ExtensionCatalog } from '../uses.ts';

const queryMembers: KnownNames = { data: true, columns: true, isLoading: true, error: true };

/** The names that every expression of a screen knows. `extra` adds to them. */
export function screenKnownNames(
  app: App,
  screen: Screen,
  options: { readonly catalog: ExtensionCatalog; readonly extra?: KnownNames },
): KnownNames {
  return {
    components: Object.fromEntries(
      Object.values(screen.components).map(({ name, type }) => [
        name,
        members(options.catalog.component(type)?.exposes),
      ]),
    ),
    queries: Object.fromEntries(Object.values(app.queries).map(({ name }) => [name, queryMembers])),
    state: members([...(app.app.state ?? []), ...(screen.state ?? [])].map(({ name }) => name)),
    screen: { params: members(routeParameters(screen.route)), query: true, name: true },
    user: { id: true, name: true, email: true, roles: true, isSignedIn: true },
    app: { name: true },
    ...options.extra,
  };
}

function members(names: readonly string[] | undefined): true | KnownNames {
  return names === undefined ? true : Object.fromEntries(names.map((name) => [name, true as const]));
}

/**
 * Names that the slots around each component add, such as `item`. Undefined where one of them belongs to a type that
 * is not installed: then nobody can say which names there are.
 */
export function slotNames(
  screen: Screen,
  catalog: ExtensionCatalog,
): ReadonlyMap<string, readonly string[] | undefined> {
  const found = new Map<string, readonly string[] | undefined>();
  const visit = (id: string, names: readonly string[] | undefined): void => {
    const component = screen.components[id];
    if (component === undefined) return;
    found.set(id, names);
    const extension = catalog.component(component.type);
    for (const [slot, children] of Object.entries(component.slots ?? {})) {
      const scope = extension === undefined ? undefined : (extension.slotScopes?.[slot] ?? []);
      const inner = names === undefined || scope === undefined ? undefined : [...names, ...scope];
      for (const child of children) visit(child, inner);
    }
  };
  visit(screen.root, []);
  return found;
}
