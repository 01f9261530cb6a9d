import { forbiddenKeys, type Problem } from '@fettle/base';
import type { App } from '../app.ts';
import { pointer } from '../json-pointer.ts';
import type { Query } from '../kinds/query.ts';
import type { Screen } from '../kinds/screen.ts';

interface Named {
  readonly name: string;
  readonly path: string;
}

/**
 * Names are how expressions and files call things, so each is used once in its scope. Screens, queries and flows
 * are also files, and some file systems ignore case: their names may not differ by case alone.
 */
export function uniqueNames(app: App): readonly Problem[] {
  return [
    ...(['screens', 'queries', 'flows', 'flowTests'] as const).flatMap((kind) => documentNames(app, kind)),
    ...stateNames(app.app.state, '/app/state'),
    ...Object.values(app.screens).flatMap((screen) => [
      ...componentNames(screen),
      ...stateNames(screen.state, `/screens/${screen.id}/state`),
    ]),
    ...Object.values(app.queries).flatMap(parameterNames),
    ...uniqueIds(app),
  ];
}

/** Names of the documents of one kind. */
export function documentNames(app: App, kind: 'screens' | 'queries' | 'flows' | 'flowTests'): readonly Problem[] {
  const named = Object.values(app[kind]).map(({ id, name }) => ({ name, path: pointer(`/${kind}`, id) }));
  return checkNames(named, (name) => name.toLowerCase());
}

/** Names of the components of one screen. */
export function componentNames(screen: Screen): readonly Problem[] {
  const names = new Set<string>();
  for (const id in screen.components) {
    const name = screen.components[id]?.name ?? '';
    // The usual case is checked fast, on every edit; only when something is wrong are places worked out.
    if (names.has(name) || isForbiddenName(name)) {
      const path = `/screens/${screen.id}/components`;
      return checkNames(
        Object.entries(screen.components).map(([key, component]) => ({
          name: component.name,
          path: pointer(path, key),
        })),
      );
    }
    names.add(name);
  }
  return [];
}

/** Names of a query's parameters. */
export function parameterNames(query: Query): readonly Problem[] {
  return checkNames(listed(query.parameters, `/queries/${query.id}/parameters`));
}

/** Names of the state variables of the app or of a screen. */
export function stateNames(state: App['app']['state'], path: string): readonly Problem[] {
  return checkNames(listed(state, path));
}

/** Names that a definition may not use, because they reach JavaScript's prototype chain. */
export function isForbiddenName(name: string): boolean {
  return forbiddenKeys.has(name);
}

function listed(items: readonly { readonly name: string }[] | undefined, path: string): readonly Named[] {
  return (items ?? []).map(({ name }, index) => ({ name, path: `${path}/${index}` }));
}

function checkNames(items: readonly Named[], normalise = (name: string): string => name): readonly Problem[] {
  const problems: Problem[] = [];
  const first = new Map<string, Named>();
  for (const item of items) {
    const key = normalise(item.name);
    const other = first.get(key);
    const path = `${item.path}/name`;
    if (isForbiddenName(item.name)) {
      problems.push({ path, code: 'name.forbidden', message: `"${item.name}" cannot be used as a name.` });
    } else if (other !== undefined) {
      problems.push({
        path,
        code: 'name.taken',
        message: `The name "${item.name}" is used twice: here and at ${other.path}.`,
      });
    }
    first.set(key, other ?? item);
  }
  return problems;
}

/** Ids of state variables and navigation items are unique in the whole app: settings refer to them by id alone. */
export function uniqueIds(app: App): readonly Problem[] {
  const lists = [
    { items: app.app.state ?? [], path: '/app/state' },
    ...Object.values(app.screens).map(({ id, state }) => ({ items: state ?? [], path: `/screens/${id}/state` })),
  ];
  const states = lists.flatMap(({ items, path }) => items.map(({ id }, index) => ({ id, path: `${path}/${index}` })));
  const items = app.app.navigation.items.map(({ id }, index) => ({ id, path: `/app/navigation/items/${index}` }));
  return [...repeated(states), ...repeated(items)];
}

function repeated(items: readonly { readonly id: string; readonly path: string }[]): readonly Problem[] {
  const seen = new Set<string>();
  return items.flatMap(({ id, path }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: `${path}/id`, code: 'id.taken', message: `The id "${id}" is used twice.` }];
  });
}
