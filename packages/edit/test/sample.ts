import {
  emptyApp,
  type App,
  type Component,
  type ExtensionCatalog,
  type ExtensionDescription,
  type Screen,
} from '@fettle/definition';
import { applyCommand, type Command } from '../src/index.ts';

const types: Readonly<Record<string, Partial<ExtensionDescription>>> = {
  'core/stack': { slots: ['children'] },
  'core/tabs': { slots: ['first', 'second'] },
  'core/text': {},
  'core/table': {
    version: 3,
    uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['columns/*/column'] }] },
  },
  'core/button': { uses: { components: ['target'], states: ['flag'] } },
};

const actions: Readonly<Record<string, Partial<ExtensionDescription>>> = {
  'core/run-query': { uses: { queries: ['query'] } },
  'core/set-state': { uses: { states: ['state'] } },
  'core/show': { version: 2, uses: { components: ['target'] } },
};

function describe(
  table: Readonly<Record<string, Partial<ExtensionDescription>>>,
  id: string,
): ExtensionDescription | undefined {
  const known = Object.hasOwn(table, id) ? table[id] : undefined;
  return known && { id, title: id, version: 1, settings: { type: 'object' }, ...known };
}

/** A few component types and event actions to edit with. */
export const sampleCatalog: ExtensionCatalog = {
  component: (type) => describe(types, type),
  eventAction: (type) => describe(actions, type),
};

export const home = 'scr_home';
export const root = 'cmp_root';

/** A component with defaults. */
export function component(name: string, rest: Partial<Component> = {}): Component {
  return { type: 'core/text', name, settings: {}, ...rest };
}

/** An app with one screen of these components below the root. */
export function appWith(components: Readonly<Record<string, Component>>, rest: Partial<Screen> = {}): App {
  const children = Object.keys(components).filter(
    (id) =>
      !Object.values(components).some(({ slots }) =>
        Object.values(slots ?? {})
          .flat()
          .includes(id),
      ),
  );
  const base = emptyApp('Sample');
  return {
    ...base,
    app: { ...base.app, home, navigation: { style: 'side', items: [{ id: 'nav_home', label: 'Home', screen: home }] } },
    screens: {
      [home]: {
        id: home,
        name: 'home',
        title: 'Home',
        route: '/',
        root,
        components: { [root]: component('root', { type: 'core/stack', slots: { children } }), ...components },
        ...rest,
      },
    },
  };
}

/** Applies a command that must succeed. */
export function edit(app: App, command: Command): App {
  const applied = applyCommand(app, command, { catalog: sampleCatalog });
  if (!applied.ok) throw applied.error;
  return applied.value.app;
}

/** The code of the refusal of a command that must fail. */
export function refusal(app: App, command: Command): string {
  const applied = applyCommand(app, command, { catalog: sampleCatalog });
  return applied.ok ? 'applied' : applied.error.code;
}
