import type { App, Component, Query, Screen } from '@fettle/definition';
import { missing } from './refusal.ts';

/** The screen, or a refusal. */
export function screenOf(app: Pick<App, 'screens'>, id: string): Screen {
  const screen = Object.hasOwn(app.screens, id) ? app.screens[id] : undefined;
  if (screen === undefined) throw missing('screen', id);
  return screen;
}

/** The component, or a refusal. */
export function componentOf(screen: Screen, id: string): Component {
  const component = Object.hasOwn(screen.components, id) ? screen.components[id] : undefined;
  if (component === undefined) throw missing('component', id);
  return component;
}

/** The query, or a refusal. */
export function queryOf(app: Pick<App, 'queries'>, id: string): Query {
  const query = Object.hasOwn(app.queries, id) ? app.queries[id] : undefined;
  if (query === undefined) throw missing('query', id);
  return query;
}
