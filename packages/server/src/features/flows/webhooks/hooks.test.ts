import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { saveApp, type Flow, type FlowStep } from '@fettle/definition';
import { createTestActions } from '../../../testing/test-actions.ts';
import { secretApp } from '../../../testing/test-apps.ts';
import { startTestServer, storeKinds, type TestServer } from '../../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../../testing/test-world.ts';

const token = 'a-token-that-nobody-guesses';
const bearer = { authorization: `Bearer ${token}` };

const action = (id: string, type: string, settings: Readonly<Record<string, unknown>> = {}): FlowStep => ({
  id: `stp_${id}`,
  name: id,
  kind: 'action',
  type,
  settings,
});
const give = (value: unknown): FlowStep => ({ id: 'stp_end', name: 'end', kind: 'return', value }) as FlowStep;

function hook(id: string, settings: Readonly<Record<string, unknown>>, steps: readonly FlowStep[]): Flow {
  const trigger = { type: 'core/webhook', settings: { secret: 'api_token', ...settings } };
  return { id: `flw_${id}`, name: id, trigger, steps: [...steps] } as Flow;
}

const flowsOfApp = [
  hook('takes', { path: 'new-order' }, [action('keep', 'test/effect', { value: '{{ trigger }}' })]),
  hook('echoes', { reply: 'wait', methods: ['GET', 'POST', 'PUT'] }, [
    give('{{ [trigger.method, trigger.query, trigger.body] }}'),
  ]),
  hook('answers', { reply: 'wait' }, [
    action('answer', 'test/respond', {
      status: 201,
      headers: {
        'content-type': 'text/html',
        'X-Made': '{{ trigger.body.made }}',
      },
      body: '<p>{{ trigger.body.name }}</p>',
    }),
    action('after', 'test/effect', { value: 'went on' }),
  ]),
  hook('says', { reply: 'wait' }, [
    action('answer', 'test/respond', {
      status: '{{ trigger.body.status }}',
      headers: '{{ trigger.body.headers }}',
      body: '{{ trigger.body.body }}',
    }),
  ]),
  hook('breaks', { reply: 'wait' }, [action('boom', 'test/fail')]),
  hook('sleeps', { reply: 'wait', timeoutSeconds: 1 }, [action('sleep', 'test/effect', { value: 'late', ms: 3_000 })]),
  hook('open', { auth: 'none', secret: undefined, reply: 'wait' }, [give('{{ trigger.headers }}')]),
  hook('basic', { auth: 'basic', reply: 'wait' }, [give(true)]),
  hook('signed', { auth: 'hmac', signatureHeader: 'X-Sig', prefix: 'sha256=', reply: 'wait' }, [
    give('{{ trigger.headers }}'),
  ]),
  hook('github', { auth: 'github' }, [action('keep', 'test/effect', { value: '{{ trigger.body }}' })]),
  hook('keyed', { deliveryKey: 'trigger.body.order' }, [
    action('keep', 'test/effect', { value: '{{ trigger.body }}' }),
  ]),
  hook('slack', { auth: 'slack' }, [action('keep', 'test/effect', { value: '{{ trigger.body }}' })]),
  hook('unset', { secret: 'not_there' }, [action('keep', 'test/effect', { value: 'no' })]),
  hook(
    'shaped',
    {
      bodySchema: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'integer' } },
        additionalProperties: false,
      },
    },
    [action('keep', 'test/effect', { value: '{{ trigger.body.id }}' })],
  ),
  hook('paged', { reply: 'wait', origins: ['https://shop.example.com', 'http://localhost:3000'] }, [
    give('{{ trigger.body }}'),
  ]),
  { ...hook('off', {}, []), disabled: true },
];

describe.each([...storeKinds, 'processes apart'] as const)('webhooks on %s', (kind) => {
  const { extensions, effects } = createTestActions();
  let server: TestServer;
  let world: TestWorld;
  let appId: string;
  let slug: string;

  beforeAll(async () => {
    // The third: requests come to one process, flows are played in another.
    const environment: Record<string, string> = kind === 'processes apart' ? { FETTLE_ROLE: 'server' } : {};
    server = await startTestServer(kind === 'processes apart' ? 'postgres' : kind, {
      flowActions: extensions,
      environment,
    });
    world = await createWorld(server);
    if (kind === 'processes apart') await server.startAnother({ FETTLE_ROLE: 'worker' });
    const { owner, workspaceId, dataSource } = world.own;
    const app = {
      ...secretApp('Hooks', dataSource),
      flows: Object.fromEntries(flowsOfApp.map((one) => [one.id, JSON.parse(JSON.stringify(one)) as Flow])),
    };
    const made = good(
      await owner.call(routes.apps.create, {
        params: { workspaceId },
        body: { name: 'Hooks', from: { kind: 'definition', files: saveApp(app) } },
      }),
    );
    ({ id: appId, slug } = made['app'] as unknown as { id: string; slug: string });
    good(await owner.call(routes.apps.publish, { params: { appId }, body: { revision: 0 } }));
    const params = { workspaceId, environment: 'production', secret: 'api_token' };
    good(await owner.call(routes.storedSecrets.save, { params, body: { value: token } }));
  });
  beforeEach(() => void effects.splice(0));
  afterAll(() => server.stop());

  const call = (
    path: string,
    body: unknown = { name: 'Ada' },
    headers: Readonly<Record<string, string>> = bearer,
    method = 'POST',
  ) =>
    server.client().send(method, `/api/hooks/${slug}/${path}`, {
      headers: { 'content-type': 'application/json', ...headers },
      ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const untilEffects = (count: number) =>
    expect.poll(() => effects.map(({ value }) => value), { timeout: 5_000 }).toHaveLength(count);

  it('start their flow with what was sent, and answer at once', async () => {
    const reply = await call('new-order?via=test', { id: 7 }, { ...bearer, cookie: 'x=y', 'x-sender': 'shop' });
    expect(reply.status).toBe(202);
    await untilEffects(1);
    expect(effects[0]?.value).toMatchObject({
      method: 'POST',
      query: { via: 'test' },
      body: { id: 7 },
      headers: { 'x-sender': 'shop', 'content-type': 'application/json' },
      deliveryId: null,
    });
    expect(JSON.stringify(effects[0]?.value)).not.toContain(token);
    const run = String(reply.body['run']);
    const { run: kept } = good(
      await world.people.owner.call(routes.flows.run, { params: { appId, run } }),
    ) as unknown as { run: { environment: string; startedBy: unknown } };
    expect(kept).toMatchObject({ environment: 'production', startedBy: null });
  });

  describe('called by pages of other origins', () => {
    const origin = 'https://shop.example.com';
    const ask = (path: string, headers: Readonly<Record<string, string>> = {}) =>
      server.client().send('OPTIONS', `/api/hooks/${slug}/${path}`, {
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,x-other',
          ...headers,
        },
      });
    const corsOf = ({ headers }: { readonly headers: Headers }) =>
      Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'));

    it('are answered for exactly the origins, methods and headers that the trigger takes', async () => {
      const allowed = await ask('paged');
      expect([allowed.status, corsOf(allowed)]).toEqual([
        204,
        {
          'access-control-allow-origin': origin,
          'access-control-allow-methods': 'POST',
          'access-control-allow-headers': 'authorization, content-type',
          'access-control-max-age': '600',
          vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
        },
      ]);
    });

    it('are refused like what is not there: other origins, methods, and webhooks that name no origin', async () => {
      for (const reply of [
        await ask('paged', { origin: 'https://shop.example.com.evil.test' }),
        await ask('paged', { origin: 'http://shop.example.com' }),
        await ask('paged', { origin: 'null' }),
        await ask('paged', { 'access-control-request-method': 'DELETE' }),
        await ask('new-order'),
        await ask('nothing-here'),
      ]) {
        expect([reply.status, reply.body['code']]).toEqual([404, 'hook.unknown']);
        expect(Object.keys(corsOf(reply)).filter((name) => name !== 'vary')).toEqual([]);
      }
    });

    it('may read the answer, also a refusal, and never with credentials', async () => {
      const answered = await call('paged', { id: 1 }, { ...bearer, origin });
      expect([answered.status, answered.body, corsOf(answered)]).toEqual([
        200,
        { id: 1 },
        { 'access-control-allow-origin': origin, vary: 'Origin' },
      ]);
      const refused = await call('paged', { id: 1 }, { origin });
      expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, origin]);
      // No cache may give it to a page of another origin.
      expect(refused.headers.get('cache-control')).toContain('no-store');
      const other = await call('paged', { id: 1 }, { ...bearer, origin: 'https://elsewhere.test' });
      expect([other.status, corsOf(other)]).toEqual([200, { vary: 'Origin' }]);
      const closed = await call('echoes', 1, { ...bearer, origin });
      expect([closed.status, closed.headers.get('access-control-allow-origin')]).toEqual([200, null]);
    });
  });

  it('answer with what the flow returns, by any of their methods', async () => {
    expect((await call('echoes', [1, 2])).body).toEqual(['POST', {}, [1, 2]]);
    expect((await call('echoes?a=1', undefined, bearer, 'GET')).body).toEqual(['GET', { a: '1' }, null]);
    expect((await call('echoes', undefined, bearer, 'PATCH')).status).toBe(404);
    const form = { ...bearer, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await call('echoes', 'a=1&b=2&a=3', form)).body).toEqual(['POST', {}, { a: ['1', '3'], b: '2' }]);
    expect((await call('echoes', 'plain <text>', { ...bearer, 'content-type': 'text/plain' })).body).toEqual([
      'POST',
      {},
      'plain <text>',
    ]);
  });

  it('answer with what a step says, while the flow goes on; never as this server', async () => {
    const reply = await call('answers', { name: 'Ada', made: 'by a flow\r\nSet-Cookie: a=b' });
    expect([reply.status, reply.text]).toEqual([201, '<p>Ada</p>']);
    expect(reply.headers.get('content-type')).toBe('text/html');
    expect(reply.headers.get('x-made')).toBe('by a flow Set-Cookie: a=b');
    expect(reply.headers.get('set-cookie')).toBeNull();
    expect(reply.headers.get('content-security-policy')).toContain('sandbox');
    await untilEffects(1);
    const says = (answer: Readonly<Record<string, unknown>>) => call('says', { headers: {}, body: null, ...answer });
    for (const name of ['Set-Cookie', 'Content-Security-Policy', 'X-Accel-Redirect', 'Alt-Svc']) {
      const refused = await says({ status: 200, headers: { [name]: '/etc' } });
      expect([refused.status, refused.headers.get(name) === '/etc']).toEqual([500, false]);
    }
    expect((await says({ status: 100 })).status).toBe(500);
    const empty = await says({ status: 204, headers: { 'content-type': 'text/plain' }, body: 'lost' });
    expect([empty.status, empty.text, empty.headers.get('content-length')]).toEqual([204, '', null]);
    const name = await says({ status: 200, headers: { 'x-name': 'Łódź' }, body: [1] });
    expect([name.headers.get('x-name'), name.body]).toEqual(['??d?', [1]]);
  });

  it('say that a flow failed, and nothing of why', async () => {
    const reply = await call('breaks');
    expect(reply.status).toBe(500);
    expect(reply.body).toMatchObject({ code: 'hook.failed', run: expect.stringMatching(/^run_/) as unknown });
    expect(reply.text).not.toContain('It did not work');
  });

  it('wait no longer than they say, and the flow goes on', async () => {
    const before = Date.now();
    const reply = await call('sleeps');
    expect([reply.status, Date.now() - before < 2_500]).toEqual([202, true]);
    await untilEffects(1);
  });

  it('start nothing for whoever does not prove who they are', async () => {
    const wrong = { authorization: 'Bearer a-token-that-somebody-guesses' };
    for (const headers of [{}, wrong, { authorization: 'Basic eDp5' }, { 'x-api-key': token }])
      expect((await call('new-order', {}, headers)).status).toBe(401);
    expect((await call('unset')).status).toBe(401);
    expect((await call('basic', {}, { authorization: `Basic ${Buffer.from(token).toString('base64')}` })).body).toBe(
      true,
    );
    const body = '{"a":1}';
    const sign = (text: string) => `sha256=${createHmac('sha256', token).update(text).digest('hex')}`;
    expect((await call('signed', body, { 'x-sig': sign(`${body} `) })).status).toBe(401);
    const signed = await call('signed', body, { 'x-sig': sign(body), 'x-other': '1' });
    expect(signed.body).toMatchObject({ 'x-other': '1' });
    expect(signed.body).not.toHaveProperty('x-sig');
    // Sessions and API keys are nothing here, and no other site's page is turned away where anybody may come.
    expect((await call('open', {}, { origin: 'https://elsewhere.test', 'sec-fetch-site': 'cross-site' })).status).toBe(
      200,
    );
    expect((await call('open', {}, { authorization: 'Bearer no-such-key' })).body).not.toHaveProperty('authorization');
    expect(effects).toEqual([]);
  });

  it('are not there where no published flow listens', async () => {
    const unknown = (await call('nothing')).text.replaceAll(/"requestId":"[^"]*"/g, '');
    for (const path of ['off', 'nothing', 'takes'])
      expect((await call(path)).text.replaceAll(/"requestId":"[^"]*"/g, '')).toBe(unknown);
    expect((await server.client().send('POST', '/api/hooks/no-such-app/x', { body: '{}' })).status).toBe(404);
    expect(effects).toEqual([]);
  });

  it('start a flow once for one delivery', async () => {
    const keyed = { ...bearer, 'idempotency-key': 'order 1' };
    const replies = await Promise.all([1, 2, 3].map(() => call('new-order', { id: 1 }, keyed)));
    expect(new Set(replies.map(({ body }) => String(body['run']))).size).toBe(1);
    expect((await call('new-order', { id: 1 }, { ...bearer, 'idempotency-key': 'order 2' })).status).toBe(202);
    await untilEffects(2);
    // GitHub signs the body and not the delivery: the same body under another id is a repetition.
    const body = '{"zen":"Keep it logically awesome."}';
    const signature = `sha256=${createHmac('sha256', token).update(body).digest('hex')}`;
    const deliver = (id: string) => call('github', body, { 'x-hub-signature-256': signature, 'x-github-delivery': id });
    expect(String((await deliver('one')).body['run'])).toBe(String((await deliver('two')).body['run']));
    await untilEffects(3);
    // An id that stands in the body, whatever else is sent.
    const order = (sent: unknown, key: string) => call('keyed', sent, { ...bearer, 'idempotency-key': key });
    const runs = [
      await order({ order: 1 }, 'a'),
      await order({ order: 1, again: true }, 'b'),
      await order({ order: 2 }, 'c'),
    ].map(({ body }) => String(body['run']));
    expect([runs[0] === runs[1], runs[0] === runs[2]]).toEqual([true, false]);
    await untilEffects(5);
  });

  it('start nothing for a request that is old, or is sent again as it was', async () => {
    const deliver = (seconds: number, text: string) => {
      const signature = `v0=${createHmac('sha256', token).update(`v0:${seconds}:${text}`).digest('hex')}`;
      return call('slack', text, {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': String(seconds),
        'x-slack-signature': signature,
        // Not signed: whoever repeats the request can make it up.
        'idempotency-key': String(Math.random()),
      });
    };
    const now = Math.floor(Date.now() / 1000);
    expect((await deliver(now - 3_600, 'command=%2Fopen')).status).toBe(401);
    const runs = [
      await deliver(now, 'command=%2Fopen'),
      await deliver(now, 'command=%2Fopen'),
      await deliver(now - 1, 'command=%2Fopen'),
    ].map(({ body }) => String(body['run']));
    expect([runs[0] === runs[1], runs[0] === runs[2]]).toEqual([true, false]);
    await untilEffects(2);
  });

  it('answer Slack, which asks whose address this is, and start nothing for it', async () => {
    const ask = (secret: string) => {
      const text = JSON.stringify({ type: 'url_verification', token: 'old', challenge: 'say-this' });
      const seconds = Math.floor(Date.now() / 1000);
      return call('slack', text, {
        'content-type': 'application/json',
        'x-slack-request-timestamp': String(seconds),
        'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${text}`).digest('hex')}`,
      });
    };
    const answer = await ask(token);
    expect([answer.status, answer.body]).toEqual([200, { challenge: 'say-this' }]);
    // Whoever cannot sign learns nothing, and has nothing said for them.
    expect((await ask('guessed')).status).toBe(401);
    // Others that send the same mean something else by it.
    expect((await call('new-order', { type: 'url_verification', challenge: 'x' })).status).toBe(202);
    await untilEffects(1);
  });

  it('refuse bodies that do not fit, with the places, and bodies that nobody means well with', async () => {
    const wrong = await call('shaped', { id: 'x', more: 1 });
    expect([wrong.status, wrong.body['code']]).toEqual([400, 'hook.body-invalid']);
    expect(JSON.stringify(wrong.body['problems'])).toContain('/body/id');
    expect((await call('shaped', { id: 3 })).status).toBe(202);
    expect((await call('new-order', '{"__proto__":{"a":1}}')).status).toBe(400);
    expect((await call('new-order', '{"a":1,"a":2}')).status).toBe(400);
    expect((await call('new-order', '{oh')).status).toBe(400);
    const form = { ...bearer, 'content-type': 'application/x-www-form-urlencoded' };
    expect((await call('new-order', '__proto__=1', form)).status).toBe(400);
    expect(
      (await call('new-order', 'x'.repeat(6 * 1024 * 1024), { ...bearer, 'content-type': 'text/plain' })).status,
    ).toBe(413);
    await untilEffects(1);
  });

  it('slow down whoever guesses', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 40; attempt += 1)
      statuses.push((await call('new-order', {}, { authorization: `Bearer guess-${attempt}` })).status);
    expect(statuses).toContain(429);
    expect((await call('new-order')).status).toBe(429);
  });
});
