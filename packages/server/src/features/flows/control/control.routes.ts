import { routes } from '@fettle/contract';
import { implementRoute, type RouteImplementation } from '../../../http/implement-route.ts';
import type { FlowControls } from './flow-controls.service.ts';

/** Routes that pause and resume flows. */
export function flowControlRoutes(controls: FlowControls): readonly RouteImplementation[] {
  const { flows } = routes;
  return [
    implementRoute(flows.pauses, async ({ grant }) => ({ pauses: await controls.list(grant) })),
    implementRoute(flows.pause, async ({ grant, actor, params, body }) => {
      const { environment, refuses = false, note } = body;
      const text = note?.trim() ?? '';
      await controls.pause(
        { grant, actor, flow: params.flow, environment },
        { refuses, note: text === '' ? null : text },
      );
      return undefined;
    }),
    implementRoute(flows.resume, async ({ grant, actor, params, body }) => ({
      released: await controls.resume({ grant, actor, flow: params.flow, environment: body.environment }),
    })),
  ];
}
