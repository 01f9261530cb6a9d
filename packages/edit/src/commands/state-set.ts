import { stateVariableSchema, type App, type Screen, type StateVariable } from '@fettle/definition';
import type { Rename } from '@fettle/expression';
import { Type } from 'typebox';
import { commandSchema, idSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';
import { screenOf } from '../find.ts';
import { rewriteScreen } from '../rewrite.ts';
import { screenPlace } from '../touched.ts';

/**
 * Sets the state variables of a screen, or of the app when no screen is named. A variable that keeps its id under
 * another name is renamed: every expression that reads it is rewritten.
 */
export const stateSet = defineCommand({
  type: 'state.set',
  title: 'Change state',
  schema: commandSchema('state.set', {
    screen: Type.Optional(idSchema),
    variables: Type.Array(stateVariableSchema, { maxItems: 200 }),
  }),
  apply({ app, draft }, { screen: id, variables }) {
    const holder = id === undefined ? draft.app : screenOf(draft, id);
    const before = (id === undefined ? app.app.state : screenOf(app, id).state) ?? [];
    if (variables.length === 0) delete holder.state;
    else holder.state = variables;
    const names = renames(before, variables);
    if (names.size === 0) return;
    const screens = id === undefined ? Object.values(app.screens) : [screenOf(app, id)];
    for (const screen of screens) {
      // A variable of the screen hides one of the app that has the same name.
      const hidden = new Set(id === undefined ? (screen.state ?? []).map(({ name }) => name) : []);
      rewriteScreen(screen, screenOf(draft, screen.id), 'state', renameState(names, hidden));
    }
    // The rewriting of the screen's own texts read the old variables.
    if (id !== undefined && variables.length > 0) screenOf(draft, id).state = variables;
  },
  touches: ({ screen, variables }, app) =>
    renames(stateBefore(app, screen), variables).size > 0
      ? [screen === undefined ? '/app/state' : screenPlace(screen), ...(screen === undefined ? ['/screens'] : [])]
      : [screen === undefined ? '/app/state' : screenPlace(screen, 'state')],
});

function stateBefore(app: App | undefined, id: string | undefined): readonly StateVariable[] {
  const screen: Screen | undefined = id === undefined ? undefined : app?.screens[id];
  return (id === undefined ? app?.app.state : screen?.state) ?? [];
}

function renames(before: readonly StateVariable[], after: readonly StateVariable[]): ReadonlyMap<string, string> {
  const old = new Map(before.map(({ id, name }) => [id, name]));
  const pairs = after.map(({ id, name }) => [old.get(id), name] as const);
  return new Map(pairs.flatMap(([from, to]) => (from === undefined || from === to ? [] : [[from, to] as const])));
}

function renameState(names: ReadonlyMap<string, string>, hidden: ReadonlySet<string>): Rename {
  return ([root, name, ...rest]) => {
    if (root !== 'state' || name === undefined || rest.length > 0 || hidden.has(name)) return undefined;
    const renamed = names.get(name);
    return renamed === undefined ? undefined : [root, renamed];
  };
}
