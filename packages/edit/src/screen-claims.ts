import { complainAboutRoute, routeShape, type App } from '@fettle/definition';
import { refuse } from './refusal.ts';

/** Refuses a screen name that another screen has; case does not tell names apart. */
export function freeScreenName(app: App, name: string, self: string): void {
  const owner = Object.values(app.screens).find(
    (other) => other.id !== self && other.name.toLowerCase() === name.toLowerCase(),
  );
  if (owner !== undefined) {
    throw refuse('name.taken', `A screen is named "${owner.name}" already.`, 'Choose another name.');
  }
}

/** Refuses a route that is malformed or that another screen has. */
export function freeRoute(app: App, route: string, self: string): void {
  const complaint = complainAboutRoute(route);
  if (complaint !== undefined) throw refuse('route.invalid', complaint, 'Write a path such as /tickets/:id.');
  const owner = Object.values(app.screens).find(
    (other) => other.id !== self && routeShape(other.route) === routeShape(route),
  );
  if (owner !== undefined) {
    throw refuse(
      'route.taken',
      `The screen "${owner.name}" has the route "${owner.route}" already.`,
      'Choose another route.',
    );
  }
}
