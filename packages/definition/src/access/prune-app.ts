import { clientFunctions } from '../functions/app-functions.ts';
import type { ClientApp, ClientQuery, CompiledApp, CompiledComponent, CompiledScreen } from '../compiled.ts';
import type { AppDocument } from '../kinds/app.ts';
import type { Query } from '../kinds/query.ts';
import type { Screen } from '../kinds/screen.ts';
import type { ExtensionCatalog } from '../uses.ts';
import { accessPlan } from './access-plan.ts';
import { withoutServerSettings } from './server-actions.ts';
import { visibleComponents } from './visible-components.ts';

/**
 * What the browser of somebody with these roles receives: screens, components, queries and navigation that they may
 * see, without access rules, query texts, builders' notes and what event actions on the server are set to. Nothing else of the app leaves the server.
 */
export function pruneApp(
  compiled: CompiledApp,
  effectiveRoles: ReadonlySet<string>,
  catalog: ExtensionCatalog,
): ClientApp {
  const { source } = compiled;
  const plan = accessPlan(source, effectiveRoles, catalog);
  const screens: Record<string, CompiledScreen> = {};
  for (const id of plan.screens) {
    const screen = source.screens[id];
    const compiledScreen = compiled.screens[id];
    if (screen !== undefined && compiledScreen !== undefined)
      screens[id] = pruneScreen(screen, compiledScreen, { roles: effectiveRoles, catalog });
  }
  const queries: Record<string, ClientQuery> = {};
  for (const id of plan.queries) {
    const query = source.queries[id];
    if (query !== undefined) queries[id] = clientQuery(query);
  }
  const client = { app: pruneAppDocument(source.app, new Set(plan.screens)), screens, queries, theme: source.theme };
  const functions = clientFunctions(client, source.functions);
  return functions === undefined ? client : { ...client, functions };
}

function pruneAppDocument(app: AppDocument, screens: ReadonlySet<string>): ClientApp['app'] {
  const { home, description: _description, navigation, state, ...rest } = app;
  return {
    ...rest,
    ...(home !== undefined && screens.has(home) ? { home } : {}),
    navigation: {
      ...navigation,
      items: navigation.items.filter(({ screen }) => screen === undefined || screens.has(screen)),
    },
    state: (state ?? []).map(({ description: _note, ...variable }) => variable),
  };
}

function pruneScreen(
  screen: Screen,
  compiled: CompiledScreen,
  { roles, catalog }: { readonly roles: ReadonlySet<string>; readonly catalog: ExtensionCatalog },
): CompiledScreen {
  const visible = visibleComponents(screen, roles);
  const ids = new Set(visible);
  const { description: _description, ...rest } = withoutServerSettings(compiled, catalog);
  const components: Record<string, CompiledComponent> = {};
  for (const id of visible) {
    const component = compiled.components[id];
    if (component !== undefined) components[id] = withoutServerSettings(pruneComponent(component, ids), catalog);
  }
  const root = compiled.components[compiled.root];
  // A root that they may not see is left as an empty frame: its screen is theirs, what was in it is not.
  if (root !== undefined && !ids.has(compiled.root)) {
    components[compiled.root] = {
      id: root.id,
      type: root.type,
      name: root.name,
      settings: {},
      slots: {},
      bindings: {},
    };
  }
  return { ...rest, components };
}

function pruneComponent(component: CompiledComponent, visible: ReadonlySet<string>): CompiledComponent {
  const isWhole =
    component.access === undefined &&
    (component.slots === undefined ||
      Object.values(component.slots).every((children) => children.every((id) => visible.has(id))));
  if (isWhole) return component;
  const { access: _access, slots, ...rest } = component;
  if (slots === undefined) return rest;
  const kept = Object.entries(slots).map(
    ([slot, children]) => [slot, children.filter((id) => visible.has(id))] as const,
  );
  return { ...rest, slots: Object.fromEntries(kept) };
}

function clientQuery(query: Query): ClientQuery {
  const { id, name, mode, run, parameters, result } = query;
  return {
    id,
    name,
    mode,
    run,
    parameters: parameters.map(({ description: _note, ...parameter }) => parameter),
    ...(result === undefined ? {} : { result }),
  };
}
