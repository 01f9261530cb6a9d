import { routes } from '@fettle/contract';
import { saveApp, type Flow } from '@fettle/definition';
import { secretApp } from './test-apps.ts';
import { good, type TestWorkspace } from './test-world.ts';

/** Makes an app with these flows in a workspace and publishes it. */
export async function publishFlows(
  { owner, workspaceId, dataSource }: Pick<TestWorkspace, 'owner' | 'workspaceId' | 'dataSource'>,
  name: string,
  flows: readonly Flow[],
): Promise<{ readonly appId: string; readonly slug: string }> {
  const app = { ...secretApp(name, dataSource), flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])) };
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
