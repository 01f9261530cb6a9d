import { createContext, useContext, useMemo } from 'react';
import { isJsonObject } from '@fettle/base';
import { screenKnownNames, slotNames } from '@fettle/definition';
import type { KnownNames } from '@fettle/expression';
import { useStore } from 'zustand';
import { useExtensions } from '../../extensions.ts';
import { canvasRuntime } from '../canvas/runtime-handle-store.ts';
import { useApp, useCurrentScreen } from '../design-context.ts';
import { createWorld, type ExpressionWorld } from './expression-world.ts';

/** Whose expressions are edited: a component (or the screen), and names only these expressions know. */
export interface BindingScope {
  readonly component: string | undefined;
  /** Further names with a sample of their value: `event`, `row`, `result`. */
  readonly extra: Readonly<Record<string, unknown>>;
  /** These expressions know the extra names alone, as those of queries do: they run on the server. */
  readonly isClosed?: boolean;
  /** With closed scopes: the names there are, where the samples do not say it. */
  readonly known?: KnownNames;
  /** What can be picked and put into an expression, from the samples. Expressions are then tried on them. */
  readonly picks?: readonly DataPick[];
}

/** A name that a person can look into and pick from. */
export interface DataPick {
  readonly title: string;
  /** The expression that gives it: `steps.find.output`. */
  readonly source: string;
  readonly value: unknown;
  readonly group: string;
}

const BindingScopeContext = createContext<BindingScope>({ component: undefined, extra: {} });

/** Gives the scope to everything below. */
export const BindingScopeProvider = BindingScopeContext.Provider;

/** Whose expressions are edited here. */
export function useBindingScope(): BindingScope {
  return useContext(BindingScopeContext);
}

/** The same scope with further names. */
export function useExtendedScope(extra: Readonly<Record<string, unknown>> | undefined): BindingScope {
  const scope = useBindingScope();
  return useMemo(
    () => (extra === undefined ? scope : { ...scope, extra: { ...scope.extra, ...extra } }),
    [extra, scope],
  );
}

/** The names that expressions here may use; undefined when nobody can say. */
export function useKnownNames(scope: BindingScope): KnownNames | undefined {
  const app = useApp((whole) => whole);
  const screen = useCurrentScreen();
  const { catalog } = useExtensions();
  return useMemo(() => {
    if (scope.isClosed === true) return { ...knownMembers(scope.extra), ...scope.known };
    if (screen === undefined) return undefined;
    const added = scope.component === undefined ? [] : slotNames(screen, catalog).get(scope.component);
    if (added === undefined) return undefined;
    const names = [...added, ...Object.keys(scope.extra)];
    return {
      ...screenKnownNames(app, screen, { catalog }),
      ...Object.fromEntries(names.map((name) => [name, true as const])),
    };
  }, [app, catalog, scope, screen]);
}

function knownMembers(values: Readonly<Record<string, unknown>>): KnownNames {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      isJsonObject(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, true as const])) : true,
    ]),
  );
}

/** What completion looks into: the running screen, and the result columns of queries that have not run. */
export function useWorld(scope: BindingScope): ExpressionWorld {
  const handle = useStore(canvasRuntime, (state) => (scope.isClosed === true ? undefined : state.handle));
  const known = useKnownNames(scope);
  const queries = useApp((app) => app.queries);
  const { functions } = useExtensions();
  return useMemo(
    () => createWorld({ handle, component: scope.component, extra: scope.extra, known, queries, functions }),
    [functions, handle, known, queries, scope],
  );
}
