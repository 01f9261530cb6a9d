import { routes, type Route } from '@fettle/contract';
import { expect, it } from 'vitest';
import { inboxRoutes } from './inbox-routes.ts';

it('calls the routes as the contract declares them', () => {
  const placeOf = (group: object): Record<string, string> =>
    Object.fromEntries(Object.entries(group as Record<string, Route>).map(([k, v]) => [k, `${v.method} ${v.path}`]));
  for (const feature of ['notifications', 'approvals'] as const) {
    expect(placeOf(inboxRoutes({ app: 'desk' })[feature])).toEqual(placeOf(routes[feature].inApp));
    expect(placeOf(inboxRoutes({ workspaceId: 'ws' })[feature])).toEqual(placeOf(routes[feature].inWorkspace));
  }
});
