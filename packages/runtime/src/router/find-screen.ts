import type { RunnableApp } from '@fettle/contract';
import { matchRoute, type RouteMatch } from './route.ts';

/** The start page is the home screen, else the first one of the navigation, else the first one there is. */
export function findScreen({ client }: RunnableApp, path: string): RouteMatch | undefined {
  const { home, navigation } = client.app;
  const routes = Object.values(client.screens).map(({ id, route }) => ({ screen: id, route }));
  const match = matchRoute(routes, path);
  if (path !== '/' && path !== '') return match;
  const start = [home, match?.screen, ...navigation.items.map((item) => item.screen), routes[0]?.screen];
  const screen = start.find((id) => id !== undefined && client.screens[id] !== undefined);
  return screen === undefined ? undefined : { screen, params: {} };
}
