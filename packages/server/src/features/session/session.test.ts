import jsonwebtoken from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { loadKeys } from '../../keys/keys.ts';
import { createManualClock } from '../../testing/manual-clock.ts';
import { changeStore } from '../../testing/store-dump.ts';
import { createTestClient } from '../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, signIn, testPassword, type TestWorld } from '../../testing/test-world.ts';

const { account, workspaces } = routes;
const refreshCookie = 'fettle-refresh';

describe.each(storeKinds)('sessions on %s', (kind) => {
  const clock = createManualClock();
  let server: TestServer;
  let world: TestWorld;
  beforeAll(async () => {
    server = await startTestServer(kind, { clock });
    world = await createWorld(server);
  });
  afterAll(() => server.stop());

  it('live in cookies that scripts cannot read and other sites cannot use', async () => {
    const reply = await server
      .client()
      .call(account.signIn, { body: { email: 'Member@One.test', password: testPassword } });
    const cookies = reply.headers.getSetCookie();
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    expect(reply.text).not.toContain('ses_');
  });

  it('begin anew with every sign-in: what the browser brought along is never taken over', async () => {
    const client = await signIn(server, 'member@one.test');
    const planted = new Map(client.cookies);
    await client.call(account.signIn, { body: { email: 'member@one.test', password: testPassword } });
    expect(client.cookies.get(refreshCookie)).not.toBe(planted.get(refreshCookie));
    const old = server.client();
    planted.forEach((value, name) => old.cookies.set(name, value));
    expect((await old.call(account.sessions)).status).toBe(401);
  });

  it('trade their refresh token once, and end when an old one comes back', async () => {
    const client = await signIn(server, 'member@one.test');
    const first = client.cookies.get(refreshCookie) ?? '';
    expect((await client.call(account.refresh)).status).toBe(200);
    const second = client.cookies.get(refreshCookie) ?? '';
    expect(second).not.toBe(first);
    clock.advance(31_000);
    const thief = server.client();
    thief.cookies.set(refreshCookie, first);
    expect((await thief.call(account.refresh)).status).toBe(401);
    expect((await client.call(account.refresh)).status).toBe(401);
    expect((await client.call(account.sessions)).status).toBe(401);
  });

  it('survive two tabs that refresh at the same moment', async () => {
    const client = await signIn(server, 'member@one.test');
    const tabs = [server.client(), server.client(), server.client()];
    for (const tab of tabs) client.cookies.forEach((value, name) => tab.cookies.set(name, value));
    const replies = await Promise.all(tabs.map((tab) => tab.call(account.refresh)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    const successors = replies.flatMap(({ headers }) =>
      headers.getSetCookie().filter((cookie) => cookie.startsWith(`${refreshCookie}=`)),
    );
    expect(successors).toHaveLength(1);
    for (const tab of tabs) expect((await tab.call(account.sessions)).status).toBe(200);
  });

  it('end at once where one signs out, and everywhere when asked', async () => {
    const [here, there] = [await signIn(server, 'member@one.test'), await signIn(server, 'member@one.test')];
    const copy = server.client();
    here.cookies.forEach((value, name) => copy.cookies.set(name, value));
    expect((await here.call(account.signOut)).status).toBe(204);
    expect((await copy.call(account.sessions)).status).toBe(401);
    expect((await copy.call(account.refresh)).status).toBe(401);
    expect((await there.call(account.sessions)).status).toBe(200);
    const third = await signIn(server, 'member@one.test');
    await third.call(account.signOut, { query: { everywhere: true } });
    expect((await there.call(account.sessions)).status).toBe(401);
  });

  it('end everywhere else when the password changes', async () => {
    const [here, there] = [await signIn(server, 'power@one.test'), await signIn(server, 'power@one.test')];
    const body = { current: testPassword, next: 'another long password' };
    expect((await here.call(account.changePassword, { body })).status).toBe(204);
    expect((await here.call(account.sessions)).status).toBe(200);
    expect((await there.call(account.sessions)).status).toBe(401);
    expect(
      (await server.client().call(account.signIn, { body: { email: 'power@one.test', password: testPassword } }))
        .status,
    ).toBe(401);
    await here.call(account.changePassword, { body: { current: body.next, next: testPassword } });
  });

  it('end within a second in another process, and so do rights', async () => {
    const another = await server.startAnother();
    const client = await signIn(server, 'member@one.test');
    const elsewhere = createTestClient(`http://127.0.0.1:${another.port}`);
    client.cookies.forEach((value, name) => elsewhere.cookies.set(name, value));
    const { workspaceId } = world.own;
    expect((await elsewhere.call(workspaces.members, { params: { workspaceId } })).status).toBe(403);
    await world.operator.call(workspaces.updateMember, {
      params: { workspaceId, userId: world.ids.member },
      body: { role: 'builder' },
    });
    expect((await client.call(workspaces.members, { params: { workspaceId } })).status).toBe(200);
    await world.operator.call(workspaces.updateMember, {
      params: { workspaceId, userId: world.ids.member },
      body: { role: 'member' },
    });
    expect((await client.call(workspaces.members, { params: { workspaceId } })).status).toBe(403);
    clock.advance(1_000);
    expect((await elsewhere.call(workspaces.members, { params: { workspaceId } })).status).toBe(403);
    await client.call(account.signOut);
    clock.advance(1_000);
    expect((await elsewhere.call(account.sessions)).status).toBe(401);
  });

  it('end after their idle time, and after their full time in any case', async () => {
    const client = await signIn(server, 'member@one.test');
    clock.advance(169 * 3_600_000);
    expect((await client.call(account.refresh)).status).toBe(401);
    const busy = await signIn(server, 'member@one.test');
    for (let day = 0; day < 29; day += 6) {
      clock.advance(6 * 24 * 3_600_000 - 1);
      if ((await busy.call(account.refresh)).status !== 200) expect(day).toBeGreaterThanOrEqual(24);
    }
    expect((await busy.call(account.refresh)).status).toBe(401);
  });

  it('are never a visitor’s when they have ended: such a request must sign in again', async () => {
    const client = server.client();
    client.cookies.set(refreshCookie, 'ses_gone.gone');
    expect((await client.send('GET', `/api/run/${world.own.slug}/definition`)).status).toBe(401);
    expect((await client.call(account.session)).body['user']).toBeNull();
  });

  it('do not hold for an account that was switched off', async () => {
    const client = await signIn(server, 'builder@one.test');
    await changeStore(server, `update account set is_active = false where email = 'builder@one.test'`);
    clock.advance(1_000);
    expect((await client.call(account.sessions)).status).toBe(401);
    expect(
      (await server.client().call(account.signIn, { body: { email: 'builder@one.test', password: testPassword } }))
        .status,
    ).toBe(401);
    await changeStore(server, `update account set is_active = true where email = 'builder@one.test'`);
  });

  describe('tokens', () => {
    const attempt = async (token: string): Promise<number> => {
      const client = server.client();
      client.cookies.set('fettle', token);
      return (await client.call(account.sessions)).status;
    };
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

    it('are ours, whole and for sessions, or refused', async () => {
      const client = await signIn(server, 'member@one.test');
      const good = client.cookies.get('fettle') ?? '';
      expect(await attempt(good)).toBe(200);
      const [header = '', payload = '', signature = ''] = good.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
      const key = (await loadKeys({ dataFolder: server.dataFolder })).derive('session-token');
      const typ = 'fettle-session+jwt';
      const now = Math.floor(clock.now() / 1000);
      const sign = (change: object, extra: object = {}): string =>
        jsonwebtoken.sign({ ...claims, ...change }, key, {
          algorithm: 'HS256',
          header: { alg: 'HS256', typ, ...extra },
        });
      expect(await attempt(sign({ iat: now }))).toBe(200);
      const without = (name: string): string => {
        const { [name]: _gone, ...rest } = claims;
        return jsonwebtoken.sign(rest, key, { algorithm: 'HS256', header: { alg: 'HS256', typ }, noTimestamp: true });
      };
      const bad = [
        ...['none', 'None', 'NONE', 'nOnE'].flatMap((alg) => [
          `${part({ alg, typ })}.${payload}.`,
          `${part({ alg, typ })}.${payload}.${signature}`,
        ]),
        `${header}.${payload}.`,
        `${header}.${payload}`,
        '..',
        '',
        'x',
        `${header}.${part({ ...claims, sub: world.ids.owner })}.${signature}`,
        jsonwebtoken.sign(claims, 'another key of some length, is it not', {
          algorithm: 'HS256',
          header: { alg: 'HS256', typ },
        }),
        jsonwebtoken.sign(claims, key, { algorithm: 'HS512', header: { alg: 'HS512', typ } }),
        sign({}, { typ: 'JWT' }),
        sign({}, { kid: '../../dev/null' }),
        sign({}, { jku: 'https://evil.test/keys' }),
        sign({}, { jwk: { kty: 'oct', k: 'AA' } }),
        sign({}, { crit: ['exp'] }),
        sign({ aud: 'somebody else' }),
        sign({ aud: [claims['aud'], 'somebody else'] }),
        sign({ iss: 'somebody else' }),
        sign({ exp: now - 60 }),
        sign({ nbf: now + 600 }),
        sign({ iat: now + 86_400, exp: now + 86_700 }),
        sign({ sid: 'ses_unknown' }),
        ...['sub', 'sid', 'exp', 'iat', 'aud', 'iss'].map(without),
      ];
      const statuses: number[] = [];
      for (const token of bad) statuses.push(await attempt(token));
      expect(statuses).toEqual(bad.map(() => 401));
    });

    it('run out after five minutes', async () => {
      const client = await signIn(server, 'member@one.test');
      clock.advance(5 * 60_000 + 6_000);
      expect((await client.call(account.sessions)).status).toBe(401);
      // The page still knows who is there and can refresh.
      expect((await client.call(account.session)).text).toContain('member@one.test');
      expect((await client.call(account.refresh)).status).toBe(200);
      expect((await client.call(account.sessions)).status).toBe(200);
    });
  });
});
