import type { KnownNames } from '@fettle/expression';
import type { App } from '../app.ts';
import { routeParameters } from '../invariants/routes.ts';
import type { Screen } from '../kinds/screen.ts';
import type { ExtensionCatalog } from '../uses.ts';
import { members, shapeOfSchema, type RowShapes } from './shapes.ts';

const queryMembers: KnownNames = { data: true, columns: true, isLoading: true, error: true };

/** Where names are looked up. With `rows`, the columns of rows are known as well. */
export interface NameOptions {
  readonly catalog: ExtensionCatalog;
  readonly rows?: RowShapes | undefined;
}

/** The names that every expression of a screen knows. `extra` adds to them. */
export function screenKnownNames(
  app: App,
  screen: Screen,
  options: NameOptions & { readonly extra?: KnownNames },
): KnownNames {
  const { catalog, rows } = options;
  return {
    components: Object.fromEntries(
      Object.values(screen.components).map(({ name, type, settings }) => {
        const exposes = catalog.component(type)?.exposes;
        return [name, exposes === undefined ? true : shapesOf(exposes, { settings, rows })];
      }),
    ),
    queries: Object.fromEntries(Object.values(app.queries).map(({ name }) => [name, queryMembers])),
    state: members([...(app.app.state ?? []), ...(screen.state ?? [])].map(({ name }) => name)),
    screen: { params: members(routeParameters(screen.route)), query: true, name: true },
    user: { id: true, name: true, email: true, roles: true, isSignedIn: true },
    app: { name: true },
    ...options.extra,
  };
}

/** The shapes of several names. */
function shapesOf(
  schemas: Readonly<Record<string, unknown>>,
  context: Parameters<typeof shapeOfSchema>[1],
): KnownNames {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, shapeOfSchema(schema, context)]));
}

/**
 * Names that the slots around each component add, such as `item`. Undefined where one of them belongs to a type that
 * is not installed: then nobody can say which names there are.
 */
export function slotNames(screen: Screen, { catalog, rows }: NameOptions): ReadonlyMap<string, KnownNames | undefined> {
  const found = new Map<string, KnownNames | undefined>();
  const visit = (id: string, names: KnownNames | undefined): void => {
    const component = screen.components[id];
    if (component === undefined) return;
    found.set(id, names);
    const extension = catalog.component(component.type);
    for (const [slot, children] of Object.entries(component.slots ?? {})) {
      const scope = extension === undefined ? undefined : (extension.slotScopes?.[slot] ?? {});
      const inner =
        names === undefined || scope === undefined
          ? undefined
          : { ...names, ...shapesOf(scope, { settings: component.settings, rows }) };
      for (const child of children) visit(child, inner);
    }
  };
  visit(screen.root, {});
  return found;
}
