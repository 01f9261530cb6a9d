import { rm } from 'node:fs/promises';
import { createPerson, type ApiPerson } from '../api-client.ts';
import type { ChildServer } from '../child-server.ts';
import { makeDataFolder, startProduct } from '../product.ts';

/** A product with an app whose flows are measured. */
export interface FlowProduct {
  readonly server: ChildServer;
  readonly owner: ApiPerson;
  readonly appId: string;
  readonly slug: string;
  stop(): Promise<void>;
}

const log = (index: number) => ({
  id: `stp_s${index}`,
  name: `s${index}`,
  kind: 'action',
  type: 'core/log',
  settings: { message: `Step ${index} of {{ trigger.who ?? 'nobody' }}` },
});
const manual = { type: 'core/manual', settings: {} };
const access = { roles: ['basic'] };

const flows = [
  {
    id: 'flw_hook',
    name: 'hook',
    trigger: { type: 'core/webhook', settings: { auth: 'none', reply: 'wait' } },
    steps: [log(1)],
  },
  {
    id: 'flw_twenty',
    name: 'twenty',
    trigger: manual,
    access,
    inputs: [{ name: 'who', type: 'text' }],
    steps: Array.from({ length: 20 }, (_, index) => log(index + 1)),
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

/** Starts the product, on a PostgreSQL address or on SQLite, and publishes the flows. */
export async function openFlowProduct(databaseUrl: string | undefined): Promise<FlowProduct> {
  const dataFolder = await makeDataFolder();
  const server = await startProduct(dataFolder, databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl });
  const owner = createPerson(server.url);
  await owner.call('POST', '/api/session', { email: 'owner@example.com', password: 'a long enough password' });
  const { user } = (await owner.call('GET', '/api/session')) as { user: { workspaces: { id: string }[] } };
  const made = (await owner.call('POST', `/api/workspaces/${user.workspaces[0]?.id}/apps`, {
    name: 'Flows',
    from: { kind: 'blank' },
  })) as { app: { id: string; slug: string } };
  const { id: appId, slug } = made.app;
  const { revision } = (await owner.call('POST', `/api/apps/${appId}/draft/commands`, {
    revision: 0,
    requestId: 'bench-flows',
    commands: flows.map((flow) => ({ type: 'flow.add', flow })),
  })) as { revision: number };
  await owner.call('POST', `/api/apps/${appId}/releases`, { revision });
  return {
    server,
    owner,
    appId,
    slug,
    stop: async () => {
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
