import { expandRoles } from '@fettle/access';
import {
  compileApp,
  compileComponent,
  compileScreen,
  pruneApp,
  type App,
  type CompiledComponent,
  type ExtensionCatalog,
  type Screen,
} from '@fettle/definition';
import type { ScreenHead, ScreenSource } from '@fettle/runtime';
import type { DraftSession } from '../../session/draft-session.ts';

/**
 * A screen of the draft as the runtime wants it: every edit reaches it, and what an edit did not touch stays the same
 * object, so that one changed component is one that renders. With a role it shows what that role may see.
 */
export function createDraftScreenSource(options: {
  readonly session: DraftSession;
  readonly screen: string;
  readonly role: string | undefined;
  readonly catalog: ExtensionCatalog;
}): ScreenSource {
  const { session } = options;
  const read =
    options.role === undefined ? readWhole(options.screen) : readAs(options.role, options.screen, options.catalog);
  const current = () => read(session.store.getState().app);
  return {
    subscribe: (listener) =>
      session.store.subscribe((state, before) => {
        if (state.app !== before.app) listener();
      }),
    getScreen: () => current().head,
    getComponent: (id) => current().component(id),
    componentIds: () => current().ids,
  };
}

interface Reading {
  readonly head: ScreenHead;
  readonly ids: readonly string[];
  component(id: string): CompiledComponent | undefined;
}

function readWhole(screenId: string): (app: App) => Reading {
  let last: { readonly screen: Screen; readonly reading: Reading } | undefined;
  return (app) => {
    const screen = app.screens[screenId];
    if (screen === undefined) return last?.reading ?? emptyReading(screenId);
    if (last?.screen === screen) return last.reading;
    const head = last !== undefined && hasSameHead(last.screen, screen) ? last.reading.head : headOf(screen);
    const reading: Reading = {
      head,
      ids: Object.keys(screen.components),
      component: (id) => {
        const component = Object.hasOwn(screen.components, id) ? screen.components[id] : undefined;
        return component === undefined ? undefined : compileComponent(id, component);
      },
    };
    last = { screen, reading };
    return reading;
  };
}

function readAs(role: string, screenId: string, catalog: ExtensionCatalog): (app: App) => Reading {
  let last: { readonly app: App; readonly reading: Reading } | undefined;
  return (app) => {
    if (last?.app === app) return last.reading;
    const pruned = pruneApp(compileApp(app), expandRoles([role], app.access.roles), catalog).screens[screenId];
    const reading: Reading =
      pruned === undefined
        ? emptyReading(screenId)
        : {
            head: pruned,
            ids: Object.keys(pruned.components),
            component: (id) => (Object.hasOwn(pruned.components, id) ? pruned.components[id] : undefined),
          };
    last = { app, reading };
    return reading;
  };
}

/** What a role sees of a screen that is not open to it: nothing. */
function emptyReading(screenId: string): Reading {
  const root: CompiledComponent = {
    id: 'cmp_none',
    type: 'core/stack',
    name: 'none',
    settings: {},
    slots: {},
    bindings: {},
  };
  const head = { id: screenId, name: 'none', title: '', route: '/', root: root.id, bindings: {} };
  return { head, ids: [root.id], component: (id) => (id === root.id ? root : undefined) };
}

function headOf(screen: Screen): ScreenHead {
  const { components: _, ...head } = compileScreen(screen);
  return head;
}

function hasSameHead(a: Screen, b: Screen): boolean {
  return (
    a.title === b.title &&
    a.name === b.name &&
    a.route === b.route &&
    a.root === b.root &&
    a.width === b.width &&
    a.hasTitle === b.hasTitle &&
    a.events === b.events &&
    a.state === b.state
  );
}
