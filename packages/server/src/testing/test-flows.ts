import { routes } from '@fettle/contract';
import { saveApp, type Flow, type FlowStep } from '@fettle/definition';
import { secretApp } from './test-apps.ts';
import { good, type TestWorkspace } from './test-world.ts';

/** A step that runs an action. */
export function actionStep(
  id: string,
  type: string,
  settings: Readonly<Record<string, unknown>> = {},
  more: object = {},
): FlowStep {
  return { id: `stp_${id}`, name: id, kind: 'action', type, settings, ...more } as FlowStep;
}

/** A flow that everybody in the app may start, unless `facts` say otherwise. */
export function testFlow(id: string, steps: readonly FlowStep[], facts: Partial<Flow> = {}): Flow {
  return {
    id: `flw_${id}`,
    name: id,
    trigger: { type: 'core/manual', settings: {} },
    inputs: [{ name: 'who', type: 'text' }],
    access: { roles: ['basic'] },
    steps: [...steps],
    ...facts,
  } as Flow;
}

/** Makes an app with flows and publishes it. */
export async function publishFlows(
  { owner, workspaceId, dataSource }: TestWorkspace,
  name: string,
  flows: readonly Flow[],
): Promise<{ readonly appId: string; readonly slug: string }> {
  const app = {
    ...secretApp(name, dataSource),
    flows: Object.fromEntries(flows.map((one) => [one.id, JSON.parse(JSON.stringify(one)) as Flow])),
  };
  const made = good(
    await owner.call(routes.apps.create, {
      params: { workspaceId },
      body: { name, from: { kind: 'definition', files: saveApp(app) } },
    }),
  );
  const { id: appId, slug } = made['app'] as unknown as { id: string; slug: string };
  good(await owner.call(routes.apps.publish, { params: { appId }, body: { revision: 0 } }));
  return { appId, slug };
}

/** Waits until something is so; throws with what it was last when it never is. */
export async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean, ms = 10_000): Promise<T> {
  for (const end = Date.now() + ms; ;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > end) throw new TypeError(`Waited in vain; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
