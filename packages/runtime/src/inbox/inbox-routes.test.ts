import { routes, type Route } from '@fettle/contract';
import { expect, it } from 'vitest';
import { inboxRoutes } from './inbox-routes.ts';

it('calls the routes as the contract declares them', () => {
  const placeOf = (group: object): Record<string, string> =>
    Object.fromEntries(Object.entries(group as Record<string, Route>).map(([k, v]) => [k, `${v.method} ${v.path}`]));
  expect(placeOf(inboxRoutes({ app: 'desk' }))).toEqual(placeOf(routes.notifications.inApp));
  expect(placeOf(inboxRoutes({ workspaceId: 'ws' }))).toEqual(placeOf(routes.notifications.inWorkspace));
});
