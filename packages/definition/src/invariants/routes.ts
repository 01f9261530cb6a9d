import { isName, type Problem } from '@fettle/base';
import type { App } from '../app.ts';

/** Every screen has a route of its own: `/tickets/:id` and `/tickets/:key` are the same route. */
export function routes(app: App): readonly Problem[] {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  for (const screen of Object.values(app.screens)) {
    const path = `/screens/${screen.id}/route`;
    const complaint = complainAboutRoute(screen.route);
    if (complaint !== undefined) {
      problems.push({ path, code: 'route.invalid', message: complaint });
      continue;
    }
    const shape = routeShape(screen.route);
    const owner = owners.get(shape);
    if (owner === undefined) owners.set(shape, screen.name);
    else {
      problems.push({
        path,
        code: 'route.taken',
        message: `The route "${screen.route}" is the same as that of the screen "${owner}".`,
      });
    }
  }
  return problems;
}

/** The route with the names of its parameters left out: routes of equal shape match the same addresses. */
export function routeShape(route: string): string {
  return route.replaceAll(/:[^/]*/g, ':');
}

/** Why a text cannot be a route; undefined when it can. */
export function complainAboutRoute(route: string): string | undefined {
  if (!route.startsWith('/')) return 'A route begins with "/".';
  if (route === '/') return undefined;
  if (route.endsWith('/')) return 'A route does not end with "/".';
  const parameters = new Set<string>();
  for (const part of route.slice(1).split('/')) {
    if (part === '') return 'A route has no empty parts ("//").';
    if (!part.includes(':')) continue;
    const name = part.slice(1);
    if (!part.startsWith(':') || !isName(name))
      return `"${part}" is no parameter: write ":" and a name, such as ":id".`;
    if (parameters.has(name)) return `The parameter ":${name}" appears twice.`;
    parameters.add(name);
  }
  return undefined;
}

/** Names of the parameters of a route. */
export function routeParameters(route: string): readonly string[] {
  return route
    .split('/')
    .filter((part) => part.startsWith(':'))
    .map((part) => part.slice(1));
}
