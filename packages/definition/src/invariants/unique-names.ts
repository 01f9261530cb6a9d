import { forbiddenKeys, type Problem } from '@fettle/base';
import type { App } from '../app.ts';
import { pointer } from '../json-pointer.ts';

interface Named {
  readonly name: string;
  readonly path: string;
}

/**
 * Names are how expressions and files call things, so each is used once in its scope. Screens, queries and flows
 * are also files, and some file systems ignore case: their names may not differ by case alone.
 */
export function uniqueNames(app: App): readonly Problem[] {
  const problems: Problem[] = [];
  for (const kind of ['screens', 'queries', 'flows'] as const) {
    const named = Object.values(app[kind]).map(({ id, name }) => ({ name, path: pointer(`/${kind}`, id) }));
    problems.push(...checkNames(named, (name) => name.toLowerCase()));
  }
  problems.push(...checkNames(listed(app.app.state, '/app/state')));
  for (const screen of Object.values(app.screens)) {
    const path = `/screens/${screen.id}`;
    const components = Object.entries(screen.components).map(([id, { name }]) => ({
      name,
      path: pointer(`${path}/components`, id),
    }));
    problems.push(...checkNames(components), ...checkNames(listed(screen.state, `${path}/state`)));
  }
  for (const query of Object.values(app.queries)) {
    problems.push(...checkNames(listed(query.parameters, `/queries/${query.id}/parameters`)));
  }
  problems.push(...checkIds(app));
  return problems;
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
function checkIds(app: App): readonly Problem[] {
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
