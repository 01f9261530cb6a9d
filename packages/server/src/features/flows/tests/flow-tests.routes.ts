import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../../http/implement-route.ts';
import type { FlowTests } from './flow-tests.service.ts';

/** Routes that run tests of flows and make them. */
export function flowTestRoutes(tests: FlowTests): readonly RouteImplementation[] {
  return [
    implementRoute(routes.flowTests.run, ({ grant, body }) => tests.run(grant, body)),
    implementRoute(routes.flowTests.make, async ({ grant, params }) => {
      const { test, notes } = await tests.make(grant, params.run);
      return { test, notes: [...notes] };
    }),
  ];
}
