import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { changeStore } from '../../testing/store-dump.ts';
import { createTestClient } from '../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { good, testPassword } from '../../testing/test-world.ts';

const owner = { email: 'Owner@One.test', name: 'Owner', password: testPassword, workspaceName: 'One' };
const { setup, setupState, session, signIn } = routes.account;

describe.each(storeKinds)('setting up on %s', (kind) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(kind);
  });
  afterAll(() => server.stop());

  it('needs the token of the log, happens once, and can never be entered again', async () => {
    const client = server.client();
    expect((await client.call(setupState)).body['isDone']).toBe(false);
    for (const token of ['wrong', 'undefined', `${server.setupToken}x`]) {
      const reply = await client.call(setup, { body: { ...owner, token } });
      expect([reply.status, reply.body['code']]).toEqual([403, 'setup.wrong-token']);
    }
    expect((await client.call(setup, { body: { ...owner, token: null } })).status).toBe(400);
    // Several servers of one installation: whichever log somebody reads, and whichever server they come to.
    const other = await server.startAnother();
    expect(other.setupToken).toBe(server.setupToken);
    await other.close();
    const attempts = [server.client(), server.client(), server.client()];
    const replies = await Promise.all(
      attempts.map((one) => one.call(setup, { body: { ...owner, token: server.setupToken } })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const winner = attempts[replies.findIndex(({ status }) => status === 200)];
    expect((await winner?.call(session))?.text).toContain('"email":"owner@one.test"');
    await changeStore(server, 'delete from workspace_member; delete from session; delete from account');
    expect((await client.call(setupState)).body['isDone']).toBe(true);
    expect((await client.call(setup, { body: { ...owner, token: server.setupToken } })).status).toBe(409);
    const again = await server.startAnother();
    expect(again.setupToken).toBeUndefined();
    const reply = await createTestClient(`http://127.0.0.1:${again.port}`).call(setup, {
      body: { ...owner, token: server.setupToken },
    });
    expect(reply.status).toBe(409);
  });

  it('keeps its key to the owner of the process and never logs a secret', async () => {
    const { mode } = await stat(join(server.dataFolder, 'secrets.json'));
    expect(mode & 0o777).toBe(0o600);
    expect(server.log.join('')).not.toContain(testPassword);
    expect(server.log.join('')).not.toContain(server.setupToken);
  });
});

describe('an owner named in the settings', () => {
  it('is made at the first start and not touched by later ones', async () => {
    const environment = { FETTLE_OWNER_EMAIL: 'boss@one.test', FETTLE_OWNER_PASSWORD: testPassword };
    const server = await startTestServer('sqlite', { environment });
    expect(server.setupToken).toBe('');
    const client = server.client();
    good(await client.call(signIn, { body: { email: 'boss@one.test', password: testPassword } }));
    good(
      (await client.call(routes.account.changePassword, {
        body: { current: testPassword, next: 'my very own password' },
      })) as never,
    );
    await server.startAnother();
    expect(
      (await server.client().call(signIn, { body: { email: 'boss@one.test', password: 'my very own password' } }))
        .status,
    ).toBe(200);
    await server.stop();
  });
});
