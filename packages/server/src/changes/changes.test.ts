import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../testing/test-world.ts';

/** It stands still: nothing that is held in memory grows too old, so that only what is heard of another process helps. */
const clock = { now: () => 1_790_000_000_000 };

describe('another server on the same PostgreSQL', () => {
  let server: TestServer;
  let world: TestWorld;
  let otherUrl = '';
  beforeAll(async () => {
    server = await startTestServer('postgres', { clock });
    otherUrl = `http://127.0.0.1:${(await server.startAnother()).port}`;
    world = await createWorld(server);
  }, 60_000);
  afterAll(() => server.stop());

  /** The same person, at the other server. */
  const there = (person: TestClient): TestClient => {
    const client = createTestClient(otherUrl);
    for (const [name, value] of person.cookies) client.cookies.set(name, value);
    return client;
  };
  const open = (client: TestClient) => client.call(routes.apps.open, { params: { app: world.own.slug } });

  it('serves the release that was made live here', async () => {
    const { admin } = world.people;
    const versionAt = async (client: TestClient): Promise<unknown> => good(await open(client))['version'];
    const first = await versionAt(there(admin));
    const params = { appId: world.own.appId };
    const { revision } = good(await admin.call(routes.apps.draft, { params }));
    good(
      await admin.call(routes.apps.edit, {
        params,
        body: {
          revision,
          requestId: 'rename-app-1',
          commands: [{ type: 'app.update', changes: { name: 'Renamed' } }],
        },
      }),
    );
    const draft = good(await admin.call(routes.apps.draft, { params }));
    good(await admin.call(routes.apps.publish, { params, body: { revision: draft['revision'] } }));
    const now = await versionAt(admin);
    expect(now).not.toEqual(first);
    await expect.poll(() => versionAt(there(admin))).toEqual(now);
  });

  it('lets nobody in whose session ended here', async () => {
    const { builder } = world.people;
    const list = (client: TestClient) =>
      client.call(routes.apps.list, { params: { workspaceId: world.own.workspaceId } }).then(({ status }) => status);
    const kept = there(builder);
    expect(await list(kept)).toBe(200);
    good(await builder.call(routes.account.signOut, {}));
    await expect.poll(() => list(kept)).toBe(401);
  });

  it('lets nobody do what they may no longer do', async () => {
    const { member, owner } = world.people;
    const kept = there(member);
    expect((await open(kept)).status).toBe(200);
    const params = { workspaceId: world.own.workspaceId, userId: world.ids.member };
    good(await owner.call(routes.workspaces.removeMember, { params }));
    await expect.poll(async () => (await open(kept)).status).toBeGreaterThanOrEqual(401);
  });

  it('takes no key that was removed here', async () => {
    const params = { workspaceId: world.own.workspaceId };
    const body = { name: 'Key', role: 'builder' };
    const { apiKey, secret } = good(await world.people.owner.call(routes.workspaces.createApiKey, { params, body }));
    const program = createTestClient(otherUrl, { apiKey: String(secret) });
    const list = () => program.call(routes.apps.list, { params }).then(({ status }) => status);
    expect(await list()).toBe(200);
    const id = String((apiKey as unknown as { id: string }).id);
    good(await world.people.owner.call(routes.workspaces.deleteApiKey, { params: { ...params, keyId: id } }));
    await expect.poll(list).toBe(401);
  });
});
