import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { createManualClock } from '../../testing/manual-clock.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { addMember, createWorld, good, signIn, testPassword, type TestWorld } from '../../testing/test-world.ts';

const { workspaces } = routes;

describe.each(storeKinds)('members and API keys on %s', (kind) => {
  const clock = createManualClock();
  let server: TestServer;
  let world: TestWorld;
  beforeAll(async () => {
    server = await startTestServer(kind, { clock });
    world = await createWorld(server);
  });
  afterAll(() => server.stop());
  const params = (userId?: string) => ({
    workspaceId: world.own.workspaceId,
    ...(userId === undefined ? {} : { userId }),
  });

  it('a workspace keeps an owner, even when two leave at once', async () => {
    const { owner } = world.people;
    const leave = await owner.call(workspaces.removeMember, { params: params(world.ids.owner) });
    expect([leave.status, leave.body['code']]).toEqual([409, 'member.last-owner']);
    const demote = await owner.call(workspaces.updateMember, {
      params: params(world.ids.owner),
      body: { role: 'admin' },
    });
    expect(demote.body['code']).toBe('member.last-owner');
    const secondId = await addMember(owner, world.own.workspaceId, 'second@one.test', 'owner');
    const second = await signIn(server, 'second@one.test');
    const replies = await Promise.all([
      owner.call(workspaces.updateMember, { params: params(secondId), body: { role: 'member' } }),
      second.call(workspaces.updateMember, { params: params(world.ids.owner), body: { role: 'member' } }),
    ]);
    const { body } = await world.people.builder.call(workspaces.members, { params: params() });
    const owners = (body['members'] as unknown as { role: string; userId: string }[]).filter(
      ({ role }) => role === 'owner',
    );
    expect([owners.length, replies.filter(({ status }) => status === 200).length]).toEqual([1, 1]);
    if (owners[0]?.userId === secondId)
      good(await second.call(workspaces.updateMember, { params: params(world.ids.owner), body: { role: 'owner' } }));
  });

  it('nobody gives or takes a role above their own', async () => {
    const { admin } = world.people;
    const give = await admin.call(workspaces.updateMember, {
      params: params(world.ids.member),
      body: { role: 'owner' },
    });
    expect([give.status, give.body['code']]).toEqual([403, 'member.role-above-own']);
    expect((await admin.call(workspaces.removeMember, { params: params(world.ids.owner) })).status).toBe(403);
    expect(
      (
        await admin.call(workspaces.addMember, {
          params: params(),
          body: { email: 'x@one.test', role: 'owner', password: testPassword },
        })
      ).status,
    ).toBe(403);
    expect(
      (await admin.call(workspaces.createApiKey, { params: params(), body: { name: 'Key', role: 'owner' } })).status,
    ).toBe(403);
  });

  it('a removed member is out at once', async () => {
    const userId = await addMember(world.operator, world.own.workspaceId, 'short@one.test', 'builder');
    const person = await signIn(server, 'short@one.test');
    expect((await person.call(workspaces.members, { params: params() })).status).toBe(200);
    await world.operator.call(workspaces.removeMember, { params: params(userId) });
    expect((await person.call(workspaces.members, { params: params() })).status).toBe(404);
    expect((await person.send('GET', `/api/run/${world.own.slug}/definition`)).status).toBe(404);
  });

  it('somebody with an account is added without a password, and keeps theirs', async () => {
    const body = { email: 'owner@two.test', role: 'member' };
    const withPassword = await world.operator.call(workspaces.addMember, {
      params: params(),
      body: { ...body, password: 'a password of mine' },
    });
    expect(withPassword.body['code']).toBe('member.has-account');
    good(await world.operator.call(workspaces.addMember, { params: params(), body }));
    expect((await world.operator.call(workspaces.addMember, { params: params(), body })).body['code']).toBe(
      'member.exists',
    );
    await signIn(server, 'owner@two.test');
    const unknown = await world.operator.call(workspaces.addMember, {
      params: params(),
      body: { email: 'new@one.test', role: 'member' },
    });
    expect(unknown.body['code']).toBe('member.password-needed');
  });

  it('an API key is worth at most what its maker is worth now, until it expires or is revoked', async () => {
    const expiresAt = new Date(clock.now() + 3_600_000).toISOString();
    const made = good(
      await world.people.admin.call(workspaces.createApiKey, {
        params: params(),
        body: { name: 'Key', role: 'admin', expiresAt },
      }),
    );
    const key = server.client({ apiKey: made['secret'] as unknown as string });
    expect((await key.call(workspaces.audit, { params: params() })).status).toBe(200);
    expect((await key.call(workspaces.read, { params: { workspaceId: world.other.workspaceId } })).status).toBe(404);
    expect(
      (await key.call(workspaces.createApiKey, { params: params(), body: { name: 'Child', role: 'member' } })).status,
    ).toBe(403);
    const setRole = (role: string) =>
      world.operator.call(workspaces.updateMember, { params: params(world.ids.admin), body: { role } });
    await setRole('builder');
    expect((await key.call(workspaces.audit, { params: params() })).status).toBe(403);
    expect((await key.call(workspaces.members, { params: params() })).status).toBe(200);
    await setRole('admin');
    expect((await key.call(workspaces.audit, { params: params() })).status).toBe(200);
    const listed = await world.people.admin.call(workspaces.apiKeys, { params: params() });
    expect(listed.text).not.toContain('fk_');
    clock.advance(3_600_001);
    expect((await key.call(workspaces.read, { params: params() })).status).toBe(401);
  });

  it('a revoked or invented key is nobody', async () => {
    const { owner } = world.people;
    const ask = good(
      await (
        await signIn(server, 'owner@one.test')
      ).call(workspaces.createApiKey, { params: params(), body: { name: 'Gone', role: 'member' } }),
    );
    const key = server.client({ apiKey: ask['secret'] as unknown as string });
    expect((await key.call(workspaces.read, { params: params() })).status).toBe(200);
    const again = await signIn(server, 'owner@one.test');
    const id = (ask['apiKey'] as unknown as { id: string }).id;
    expect((await again.call(workspaces.deleteApiKey, { params: { ...params(), keyId: id } })).status).toBe(204);
    expect((await key.call(workspaces.read, { params: params() })).status).toBe(401);
    for (const secret of ['fk_2222222222222222222222222222', 'fk_', 'other']) {
      expect((await server.client({ apiKey: secret }).call(workspaces.read, { params: params() })).status).toBe(401);
    }
    // A key that does not hold is not helped by a session that came along.
    expect(
      (
        await owner.send('GET', `/api/workspaces/${world.own.workspaceId}`, {
          headers: { authorization: 'Bearer fk_nothing22222' },
        })
      ).status,
    ).toBe(401);
  });
});
