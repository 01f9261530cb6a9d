import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import { saveApp, type Flow, type FlowStep } from '@fettle/definition';
import { createTestActions } from '../../testing/test-actions.ts';
import { secretApp } from '../../testing/test-apps.ts';
import type { TestBody, TestClient } from '../../testing/test-client.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';

const { flows } = routes;

function action(id: string, type: string, settings: Readonly<Record<string, unknown>> = {}): FlowStep {
  return { id: `stp_${id}`, name: id, kind: 'action', type, settings };
}

function flow(id: string, steps: readonly FlowStep[], facts: Partial<Flow> = {}): Flow {
  return {
    id: `flw_${id}`,
    name: id,
    trigger: { type: 'core/manual', settings: {} },
    inputs: [{ name: 'who', type: 'text' }],
    access: { roles: ['basic'] },
    steps: [...steps],
    ...facts,
  } as Flow;
}

describe.each(storeKinds)('flows that are started on %s', (kind) => {
  const { extensions, effects } = createTestActions();
  let server: TestServer;
  let world: TestWorld;
  let appId: string;
  let slug: string;

  beforeAll(async () => {
    server = await startTestServer(kind, { flowActions: extensions });
    world = await createWorld(server);
    const { owner, workspaceId, dataSource } = world.own;
    const table = { dataSource, table: 'items' };
    const { access: _rule, ...unruled } = flow('unused', []);
    const app = {
      ...secretApp('Flows', dataSource),
      flows: Object.fromEntries(
        [
          flow('greet', [
            action('hello', 'test/echo', { value: 'Hello {{ trigger.who }}, {{ user.email }}' }),
            { id: 'stp_end', name: 'end', kind: 'return', value: { text: '{{ steps.hello.output }}' } },
          ]),
          flow('effects', [
            action('one', 'test/effect', { value: 1 }),
            { id: 'stp_wait', name: 'pause', kind: 'wait', for: { kind: 'duration', duration: '1100ms' } },
            action('two', 'test/effect', { value: 2 }),
          ]),
          flow('slow', [action('sleep', 'test/effect', { value: 'slow', ms: 20_000 })]),
          flow('ask', [
            action('link', 'test/effect', { value: '{{ run.links.approve }}' }),
            {
              id: 'stp_approve',
              name: 'approve',
              kind: 'wait',
              for: { kind: 'approval', title: 'Access for {{ trigger.who }}', assignees: ['boss@one.test'] },
            },
            { id: 'stp_end', name: 'end', kind: 'return', value: '{{ steps.approve.output.approved }}' },
          ]),
          flow('broken', [action('boom', 'test/fail')]),
          flow('store', [action('add', 'test/create-row', { table, values: { name: '{{ trigger.who }}' } })]),
          flow('steal', [action('add', 'test/create-row', { table, other: 'hidden', values: { name: 'x' } })]),
          flow('parent', [
            { id: 'stp_sub', name: 'sub', kind: 'subFlow', flow: 'flw_greet', mode: 'call', input: { who: 'child' } },
            { id: 'stp_end', name: 'end', kind: 'return', value: '{{ steps.sub.output.text }}' },
          ]),
          flow(
            'typed',
            [
              {
                id: 'stp_end',
                name: 'end',
                kind: 'return',
                value: '{{ [trigger.count * 2, trigger.unit, trigger.day] }}',
              },
            ],
            {
              inputs: [
                { name: 'count', type: 'integer', required: true },
                { name: 'unit', type: 'text', default: 'piece' },
                { name: 'day', type: 'date' },
              ],
            },
          ),
          flow('calls', [
            {
              id: 'stp_sub',
              name: 'sub',
              kind: 'subFlow',
              flow: 'flw_typed',
              mode: 'call',
              input: { count: '{{ trigger.who }}', day: '' },
            },
            { id: 'stp_end', name: 'end', kind: 'return', value: '{{ steps.sub.output }}' },
          ]),
          flow('left', [
            {
              id: 'stp_try',
              name: 'guarded',
              kind: 'try',
              steps: [{ id: 'stp_end', name: 'end', kind: 'return', value: 1 }],
            },
          ] as unknown as FlowStep[]),
          flow('secret', [], { access: { roles: ['admin'] } }),
          unruled,
          flow('off', [], { disabled: true }),
          flow('hooked', [], { trigger: { type: 'test/hook', settings: {} } }),
        ].map((one) => [one.id, JSON.parse(JSON.stringify(one)) as Flow]),
      ),
    };
    const files = saveApp(app);
    const made = good(
      await owner.call(routes.apps.create, {
        params: { workspaceId },
        body: { name: 'Flows', from: { kind: 'definition', files } },
      }),
    );
    ({ id: appId, slug } = made['app'] as unknown as { id: string; slug: string });
    good(await owner.call(routes.apps.publish, { params: { appId }, body: { revision: 0 } }));
  });
  beforeEach(() => void effects.splice(0));
  afterAll(() => server.stop());

  const start = (client: TestClient, id: string, body: Readonly<Record<string, unknown>> = {}) =>
    client.call(flows.start, {
      params: { app: slug, flow: `flw_${id}` },
      body: { input: { who: 'Ada' }, waitMs: 10_000, ...body },
    });
  const runOf = (body: TestBody) =>
    body['run'] as unknown as { id: string; state: string; output?: unknown; error?: { code: string } };
  const read = async (id: string) =>
    good(await world.people.owner.call(flows.run, { params: { appId, run: id } })) as unknown as {
      run: { state: string; startedBy: string | null; output?: unknown };
      entries: { name: string; state: string; output?: unknown; idempotencyKey?: string }[];
    };
  const until = async (id: string, state: string) => {
    for (const end = Date.now() + 10_000; Date.now() < end;) {
      if ((await read(id)).run.state === state) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    throw new Error(`The run is not ${state}: ${(await read(id)).run.state}`);
  };

  it('answer what they return, to whoever may start them', async () => {
    const { member } = world.people;
    const run = runOf(good(await start(member, 'greet')));
    expect(run).toMatchObject({ state: 'succeeded', output: { text: 'Hello Ada, member@one.test' } });
    const { run: kept, entries } = await read(run.id);
    expect(kept).toMatchObject({ state: 'succeeded', startedBy: 'member@one.test', output: run.output });
    expect(entries.map(({ name, state }) => [name, state])).toEqual([
      ['hello', 'succeeded'],
      ['end', 'succeeded'],
    ]);
  });

  it('are started by nobody else', async () => {
    const { member, owner } = world.people;
    expect((await start(member, 'secret')).status).toBe(403);
    expect((await start(owner, 'secret')).status).toBe(200);
    expect((await start(member, 'unused')).status).toBe(403);
    expect((await start(server.client(), 'greet')).status).toBe(401);
    expect((await start(world.other.owner, 'greet')).status).toBe(404);
    expect((await start(member, 'none')).status).toBe(403);
    expect((await start(member, 'off')).body['code']).toBe('flow.disabled');
    expect((await start(member, 'hooked')).body['code']).toBe('flow.not-callable');
  });

  it('take the inputs they declare and no others', async () => {
    const { member } = world.people;
    expect((await start(member, 'greet', { input: { whom: 'x' } })).body['problems']).toMatchObject([
      { path: '/parameters/whom' },
    ]);
    expect((await start(member, 'greet', { input: { who: { a: 1 } } })).status).toBe(400);
  });

  it('start once per request, however often it is sent', async () => {
    const { member, powerUser } = world.people;
    const first = runOf(good(await start(member, 'effects', { waitMs: 0, requestId: 'req-1' })));
    const again = runOf(good(await start(member, 'effects', { waitMs: 0, requestId: 'req-1' })));
    expect(again.id).toBe(first.id);
    const others = runOf(good(await start(powerUser, 'greet', { waitMs: 0, requestId: 'req-1' })));
    expect(others.id).not.toBe(first.id);
    await until(first.id, 'succeeded');
    expect(effects.filter(({ key }) => key.startsWith(first.id)).map(({ value }) => value)).toEqual([1, 2]);
  });

  it('wait without a worker and go on, call each other, and say why they fail', async () => {
    const { member } = world.people;
    const waiting = runOf(good(await start(member, 'effects', { waitMs: 0 })));
    await until(waiting.id, 'waiting');
    expect(effects.map(({ value }) => value)).toEqual([1]);
    await until(waiting.id, 'succeeded');
    expect(effects.map(({ value, key }) => [value, key])).toEqual([
      [1, `${waiting.id}/stp_one`],
      [2, `${waiting.id}/stp_two`],
    ]);
    expect(runOf(good(await start(member, 'parent')))).toMatchObject({
      state: 'succeeded',
      output: 'Hello child, member@one.test',
    });
    expect(runOf(good(await start(member, 'broken')))).toMatchObject({
      state: 'failed',
      error: { code: 'test.failed', step: 'boom' },
    });
  });

  it('are given by others what they declare: of its type, or its default, or an error that names it', async () => {
    const { member } = world.people;
    expect(runOf(good(await start(member, 'calls', { input: { who: '21' } })))).toMatchObject({
      state: 'succeeded',
      output: [42, 'piece', null],
    });
    for (const who of ['many', '']) {
      const run = runOf(good(await start(member, 'calls', { input: { who } })));
      expect(run).toMatchObject({
        state: 'failed',
        error: { code: 'flow.inputs-invalid', step: 'sub', details: { problems: [{ path: '/input/count' }] } },
      });
    }
  });

  it('end what is under way in them when they end', async () => {
    const run = runOf(good(await start(world.people.member, 'left')));
    expect(run).toMatchObject({ state: 'succeeded', output: 1 });
    expect((await read(run.id)).entries.map(({ name, state }) => [name, state])).toEqual([
      ['guarded', 'unfinished'],
      ['end', 'succeeded'],
    ]);
  });

  it('work with the rights of their steps: what the person may not do, and nothing else', async () => {
    const { member } = world.people;
    const { dataSource } = world.own;
    const direct = await member.call(routes.apps.rows.create, {
      params: { app: slug, dataSource, table: 'items' },
      body: { rows: [{ name: 'x' }] },
    });
    expect(direct.status).toBe(403);
    expect(runOf(good(await start(member, 'store')))).toMatchObject({ state: 'succeeded' });
    const writes = server.memory.writes.length;
    expect(runOf(good(await start(member, 'steal')))).toMatchObject({
      state: 'failed',
      error: { code: 'flow.not-allowed' },
    });
    expect(server.memory.writes.length).toBe(writes);
  });

  it('can be cancelled while a step is at work', async () => {
    const { member, owner } = world.people;
    const run = runOf(good(await start(member, 'slow', { waitMs: 0 })));
    await until(run.id, 'running');
    expect((await member.call(flows.cancel, { params: { appId, run: run.id } })).status).toBe(403);
    good(await owner.call(flows.cancel, { params: { appId, run: run.id } }));
    await until(run.id, 'cancelled');
    expect((await read(run.id)).entries).toMatchObject([{ name: 'sleep', state: 'unfinished' }]);
    expect(effects).toEqual([]);
    expect(good(await owner.call(flows.cancel, { params: { appId, run: run.id } }))).toEqual({ state: 'cancelled' });
  });

  it('are listed with filters, run again, and retried once', async () => {
    const { owner, member } = world.people;
    const from = Date.now();
    const failed = runOf(good(await start(member, 'broken')));
    const list = async (query: Readonly<Record<string, string | number>>) =>
      good(await owner.call(flows.runs, { params: { appId }, query })) as unknown as {
        runs: { id: string }[];
        next?: string;
      };
    expect((await list({ flow: 'flw_broken', state: 'failed', after: from })).runs.map(({ id }) => id)).toEqual([
      failed.id,
    ]);
    const page = await list({ limit: 2 });
    const rest = await list({ limit: 200, cursor: page.next ?? '' });
    expect(page.runs).toHaveLength(2);
    const all = await list({ limit: 200 });
    expect([...page.runs, ...rest.runs].map(({ id }) => id)).toEqual(all.runs.map(({ id }) => id));
    const again = good(
      await owner.call(flows.rerun, { params: { appId, run: failed.id }, body: { version: 'current' } }),
    );
    await until(again['run'] as unknown as string, 'failed');
    const body = { flow: 'flw_broken', after: from, before: from + 60_000 };
    expect(good(await owner.call(flows.retryFailed, { params: { appId }, body }))['started']).toBe(1);
    expect((await member.call(flows.runs, { params: { appId } })).status).toBe(403);
    expect(
      (await world.other.owner.call(flows.run, { params: { appId: world.other.appId, run: failed.id } })).status,
    ).toBe(404);
  });

  it('wait for an answer by a link that works once', async () => {
    const { member } = world.people;
    const anybody = server.client();
    const run = runOf(good(await start(member, 'ask', { waitMs: 0 })));
    await until(run.id, 'waiting');
    const link = new URL(String(effects[0]?.value));
    const token = link.pathname.split('/').at(-1) ?? '';
    // The journal knows the link; who reads it does not learn it.
    const journal = await world.people.owner.call(flows.run, { params: { appId, run: run.id } });
    expect(journal.text).toContain('/answer/•••');
    expect(journal.text).not.toContain(token.split('.')[1]);
    const entry = { params: { appId, run: run.id }, query: { path: 'stp_link' } };
    expect((await world.people.owner.call(flows.entry, entry)).text).not.toContain(token.split('.')[1]);
    const ask = () => anybody.call(flows.question, { params: { token } });
    expect(good(await ask())).toEqual({ kind: 'approval', state: 'open', title: 'Access for Ada' });
    const forged = `${token.slice(0, -3)}AAA`;
    expect((await anybody.call(flows.answer, { params: { token: forged }, body: { approved: true } })).status).toBe(
      404,
    );
    expect((await anybody.call(flows.answer, { params: { token }, body: { approved: 'yes' } })).status).toBe(400);
    const answers = await Promise.all(
      [true, true, true].map((approved) => anybody.call(flows.answer, { params: { token }, body: { approved } })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 409, 409]);
    await until(run.id, 'succeeded');
    expect((await read(run.id)).run.output).toBe(true);
    expect(good(await ask())).toMatchObject({ state: 'answered' });
  });

  it('are tried in the draft: a dry run shows what it would do and does nothing', async () => {
    const { owner, member } = world.people;
    const tryIt = (client: TestClient, id: string, body: Readonly<Record<string, unknown>>) =>
      client.call(flows.startDraft, {
        params: { appId, flow: `flw_${id}` },
        body: { trigger: { who: 'Bob' }, waitMs: 10_000, ...body },
      });
    const run = runOf(good(await tryIt(owner, 'greet', {})));
    expect(run.output).toEqual({ text: 'Hello Bob, owner@one.test' });
    const writes = server.memory.writes.length;
    const dry = runOf(good(await tryIt(owner, 'store', { isDryRun: true })));
    expect((await read(dry.id)).entries).toMatchObject([{ name: 'add', state: 'previewed' }]);
    expect([dry.state, server.memory.writes.length]).toEqual(['succeeded', writes]);
    expect((await tryIt(member, 'greet', {})).status).toBe(403);
  });
});
