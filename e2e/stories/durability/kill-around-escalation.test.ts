import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createApiPerson,
  emptyApp,
  findPostgres,
  routes,
  saveApp,
  type ApiPerson,
  type Command,
} from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { memberPassword } from '../../harness/installation.ts';
import { createMetadataDatabase, type MetadataDatabase } from '../../harness/metadata-database.ts';
import { ownerLogin, startServerProcess, type ServerProcess } from '../../harness/server-process.ts';

type Flow = Extract<Command, { type: 'flow.add' }>['flow'];

const approvals = 14;
const kills = 5;
const boss = 'boss@example.com';
const head = 'head@example.com';

const flow = {
  id: 'flw_ask',
  name: 'ask',
  trigger: { type: 'core/manual', settings: {} },
  inputs: [{ name: 'number', type: 'integer' }],
  access: { roles: ['basic'] },
  steps: [
    {
      id: 'stp_ask',
      name: 'ask',
      kind: 'wait',
      for: {
        kind: 'approval',
        title: 'Number {{ trigger.number }}',
        assignees: [ownerLogin.email],
        deadline: '3s',
        escalations: [{ to: [boss], deadline: '2s' }, { to: [head] }],
      },
    },
    { id: 'stp_give', name: 'give', kind: 'return', value: '{{ steps.ask.output }}' },
  ],
} as unknown as Flow;

const stores = (await findPostgres()) === undefined ? (['SQLite'] as const) : (['SQLite', 'PostgreSQL'] as const);

describe.each(stores)('processes are killed around deadlines of approvals, metadata on %s', (store) => {
  let database: MetadataDatabase | undefined;
  let server: ServerProcess;
  let owner: ApiPerson;
  const others: ApiPerson[] = [];
  let workspaceId: string;
  let app: { readonly id: string; readonly slug: string };

  beforeAll(async () => {
    database = store === 'PostgreSQL' ? await createMetadataDatabase(databaseName('escalate')) : undefined;
    server = await startServerProcess(database === undefined ? {} : { databaseUrl: database.url });
    owner = createApiPerson(server.url);
    await owner.signIn(ownerLogin.email, ownerLogin.password);
    const { user } = await owner.client.call(routes.account.session, {});
    workspaceId = user?.workspaces[0]?.id ?? '';
    const params = { workspaceId };
    for (const email of [boss, head]) {
      const member = { email, name: email, role: 'member' as const, password: memberPassword };
      await owner.client.call(routes.workspaces.addMember, { params, body: member });
      const person = createApiPerson(server.url);
      await person.signIn(email, memberPassword);
      others.push(person);
    }
    const files = saveApp({ ...emptyApp('Asking'), flows: { [flow.id]: flow } });
    const body = { name: 'Asking', from: { kind: 'definition' as const, files } };
    ({ app } = await owner.client.call(routes.apps.create, { params, body }));
    await owner.client.call(routes.apps.publish, { params: { appId: app.id }, body: { revision: 0 } });
  }, 60_000);
  afterAll(async () => {
    await server.dispose();
    await database?.drop();
  });

  it('asks each level once for each, and goes on once nobody answered them either', async () => {
    for (let number = 0; number < approvals; number += 1) {
      await owner.client.call(routes.flows.start, {
        params: { app: app.slug, flow: flow.id },
        body: { input: { number } },
      });
      await pause(120);
    }
    // Their deadlines come one after the other, and meanwhile the process dies again and again.
    for (let kill = 0; kill < kills; kill += 1) {
      await server.kill();
      await server.start();
      await pause(100 + kill * 60);
    }
    const list = async () =>
      (await owner.client.call(routes.flows.runs, { params: { appId: app.id }, query: { limit: 100 } })).runs;
    await expect
      .poll(async () => (await list()).filter(({ state }) => state === 'succeeded').length, { timeout: 60_000 })
      .toBe(approvals);
    const titles = Array.from({ length: approvals }, (_, number) => `Nobody answered yet: Number ${number}`);
    for (const other of others) {
      const told = await other.client.call(routes.notifications.inWorkspace.list, {
        params: { workspaceId },
        query: { limit: 100 },
      });
      expect(told.notifications.map(({ title }) => title).toSorted()).toEqual(titles.toSorted());
    }
    for (const { id } of await list()) {
      const { run, entries } = await owner.client.call(routes.flows.run, {
        params: { appId: app.id, run: id },
        query: {},
      });
      expect(run.output).toMatchObject({ approved: false, isExpired: true });
      expect(entries.find(({ name }) => name === 'ask')?.logs?.map((line) => line['message'])).toEqual([
        `Asked: ${ownerLogin.email}.`,
        `Nobody answered in time. Asked as well: ${boss}.`,
        `Nobody answered in time. Asked as well: ${head}.`,
      ]);
    }
  }, 120_000);
});
