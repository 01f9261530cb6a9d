import { rm } from 'node:fs/promises';
import { createPerson, type ApiPerson } from '../api-client.ts';
import type { ChildServer } from '../child-server.ts';
import { makeDataFolder, startProduct } from '../product.ts';

/** A published app. */
export interface FlowApp {
  readonly appId: string;
  readonly slug: string;
}

/** A product with an app whose flows are measured. */
export interface FlowProduct extends FlowApp {
  readonly server: ChildServer;
  readonly owner: ApiPerson;
  /** Path of the workspace. */
  readonly workspace: string;
  stop(): Promise<void>;
}

/** A step that writes a line into the journal. */
export const logStep = (index: number): object => ({
  id: `stp_s${index}`,
  name: `s${index}`,
  kind: 'action',
  type: 'core/log',
  settings: { message: `Step ${index} of {{ trigger.who ?? 'nobody' }}` },
});
/** Started by a person or a request. */
export const manual = { type: 'core/manual', settings: {} };
/** Whoever has a role may start it. */
export const access = { roles: ['basic'] };

/** Flows with nothing but light steps. */
export const lightFlows: readonly object[] = [
  {
    id: 'flw_hook',
    name: 'hook',
    trigger: { type: 'core/webhook', settings: { auth: 'none', reply: 'wait' } },
    steps: [logStep(1)],
  },
  {
    id: 'flw_twenty',
    name: 'twenty',
    trigger: manual,
    access,
    inputs: [{ name: 'who', type: 'text' }],
    steps: Array.from({ length: 20 }, (_, index) => logStep(index + 1)),
  },
  {
    id: 'flw_loop',
    name: 'loop',
    trigger: manual,
    access,
    inputs: [{ name: 'items', type: 'list' }],
    variables: [{ name: 'last', initial: 0 }],
    steps: [
      {
        id: 'stp_each',
        name: 'each',
        kind: 'forEach',
        items: '{{ trigger.items }}',
        steps: [{ id: 'stp_set', name: 'set', kind: 'setVariables', values: { last: '{{ item }}' } }],
      },
    ],
  },
];

/** Starts the product, on a PostgreSQL address or on SQLite, and publishes an app with these flows. */
export async function openFlowProduct(databaseUrl: string | undefined, flows: readonly object[]): Promise<FlowProduct> {
  const dataFolder = await makeDataFolder();
  const server = await startProduct(dataFolder, databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl });
  const owner = createPerson(server.url);
  await owner.call('POST', '/api/session', { email: 'owner@example.com', password: 'a long enough password' });
  const { user } = (await owner.call('GET', '/api/session')) as { user: { workspaces: { id: string }[] } };
  const workspace = `/api/workspaces/${user.workspaces[0]?.id}`;
  const app = await publishFlows(owner, workspace, flows);
  return {
    server,
    owner,
    workspace,
    ...app,
    stop: async () => {
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** Makes an app with these flows and publishes it. */
export async function publishFlows(
  owner: ApiPerson,
  workspace: string,
  flows: readonly object[],
  name = 'Flows',
): Promise<FlowApp> {
  const made = (await owner.call('POST', `${workspace}/apps`, { name, from: { kind: 'blank' } })) as {
    app: { id: string; slug: string };
  };
  const { id: appId, slug } = made.app;
  let revision = 0;
  for (let at = 0; at < flows.length; at += 100) {
    const saved = (await owner.call('POST', `/api/apps/${appId}/draft/commands`, {
      revision,
      requestId: `bench-flows-${at}`,
      commands: flows.slice(at, at + 100).map((flow) => ({ type: 'flow.add', flow })),
    })) as { revision: number };
    ({ revision } = saved);
  }
  await owner.call('POST', `/api/apps/${appId}/releases`, { revision });
  return { appId, slug };
}
