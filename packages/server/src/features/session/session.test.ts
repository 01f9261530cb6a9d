import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, type TestWorld } from '../../testing/test-world.ts';

describe.each(storeKinds)('sessions on %s', (kind) => {
  let server: TestServer;
  let world: TestWorld;
  beforeAll(async () => {
    server = await startTestServer(kind);
    world = await createWorld(server);
  });
  afterAll(() => server.stop());

  it('knows who is signed in', async () => {
    const reply = await world.people.member.call(routes.account.session);
    expect(reply.status).toBe(200);
    expect(reply.text).toContain('member@one.test');
  });
});
