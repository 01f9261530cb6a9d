import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import type { Flow, FlowStep } from '@fettle/definition';
import { publishFlows } from '../../testing/publish-flows.ts';
import { createTestActions } from '../../testing/test-actions.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';

const { flows } = routes;

const action = (id: string, type: string, settings: Readonly<Record<string, unknown>>): FlowStep => ({
  id: `stp_${id}`,
  name: id,
  kind: 'action',
  type,
  settings,
});

const flow = (id: string, steps: readonly FlowStep[]): Flow => ({
  id: `flw_${id}`,
  name: id,
  trigger: { type: 'core/manual', settings: {} },
  inputs: [{ name: 'who', type: 'text' }],
  access: { roles: ['basic'] },
  steps: [...steps],
});

const large = '{{ join(range(0, 30000), ",") }}';
const order = flow('order', [
  action('charge', 'test/effect', { value: 'charge {{ trigger.who }}' }),
  action('report', 'test/echo', { value: large }),
  { id: 'stp_keep', name: 'keep', kind: 'setVariables', values: { note: '{{ steps.report.output }}', n: 2 } },
  action('send', 'test/shaky', { value: 'send {{ trigger.who }}' }),
  {
    id: 'stp_end',
    name: 'end',
    kind: 'return',
    value: '{{ steps.charge.output }}, {{ vars.note == steps.report.output }}, {{ vars.n }}',
  },
]);
const batch = flow('batch', [
  {
    id: 'stp_each',
    name: 'each',
    kind: 'forEach',
    items: '{{ range(0, 3) }}',
    steps: [
      action('one', 'test/effect', { value: 'one {{ item }}' }),
      action('two', 'test/shaky', { value: '{{ item }}' }),
    ],
  },
]);

interface ReadRun {
  readonly run: {
    readonly state: string;
    readonly output?: unknown;
    readonly origin?: string;
    readonly rerunOf?: string;
    readonly rerunFrom?: string;
    readonly rerunBy?: string;
    readonly reruns: readonly { readonly id: string; readonly from?: string; readonly by?: string }[];
  };
  readonly entries: readonly { readonly path: string; readonly state: string; readonly reusedFrom?: string }[];
}

describe.each(storeKinds)('runs that are started again on %s', (kind) => {
  const { extensions, effects, trouble } = createTestActions();
  let server: TestServer;
  let world: TestWorld;
  let appId: string;
  let slug: string;

  beforeAll(async () => {
    server = await startTestServer(kind, { flowActions: extensions });
    world = await createWorld(server);
    ({ appId, slug } = await publishFlows(world.own, 'Reruns', [order, batch]));
  });
  beforeEach(() => {
    effects.splice(0);
    trouble.clear();
  });
  afterAll(() => server.stop());

  const start = async (id: string, who = 'Ada') => {
    const reply = await world.people.member.call(flows.start, {
      params: { app: slug, flow: `flw_${id}` },
      body: { input: { who }, waitMs: 10_000 },
    });
    return good(reply)['run'] as unknown as { id: string; state: string };
  };
  const read = async (run: string): Promise<ReadRun> =>
    good(await world.people.owner.call(flows.run, { params: { appId, run } })) as unknown as ReadRun;
  const rerun = (run: string, body: Readonly<Record<string, unknown>>) =>
    world.people.owner.call(flows.rerun, { params: { appId, run }, body });
  const ended = async (run: string): Promise<ReadRun> => {
    for (const end = Date.now() + 10_000; Date.now() < end;) {
      const found = await read(run);
      if (['succeeded', 'failed', 'cancelled'].includes(found.run.state)) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('The run does not end.');
  };
  const again = async (run: string, body: Readonly<Record<string, unknown>>) =>
    ended(good(await rerun(run, body))['run'] as unknown as string);
  const values = () => effects.map(({ value }) => value);

  it('go on from the step that failed: what came before is reused and not done again', async () => {
    trouble.add('send Ada');
    const failed = await start('order');
    expect(failed.state).toBe('failed');
    trouble.clear();
    const id = good(await rerun(failed.id, { fromFailed: true }))['run'] as unknown as string;
    const next = await ended(id);
    expect(next.run).toMatchObject({
      state: 'succeeded',
      output: 'charge Ada, true, 2',
      origin: 'rerun',
      rerunOf: failed.id,
      rerunFrom: 'stp_send',
      rerunBy: 'owner@one.test',
    });
    expect(effects).toEqual([
      { key: `${failed.id}/stp_charge`, value: 'charge Ada' },
      { key: `${id}/stp_send`, value: 'send Ada' },
    ]);
    expect(next.entries.map(({ path, reusedFrom }) => [path, reusedFrom])).toEqual([
      ['stp_charge', failed.id],
      ['stp_report', failed.id],
      ['stp_keep', failed.id],
      ['stp_send', undefined],
      ['stp_end', undefined],
    ]);
    expect((await read(failed.id)).run.reruns).toMatchObject([{ id, from: 'stp_send', by: 'owner@one.test' }]);
  });

  it('go on within a turn of a loop, with other data, or from the beginning', async () => {
    trouble.add(1);
    const failed = await start('batch');
    trouble.clear();
    expect((await again(failed.id, { from: 'stp_each#1/stp_two' })).run.state).toBe('succeeded');
    expect(values()).toEqual(['one 0', 0, 'one 1', 1, 'one 2', 2]);
    effects.splice(0);
    const first = await start('order');
    await again(first.id, { from: 'stp_send', trigger: { who: 'Bob' } });
    await again(first.id, { trigger: { who: 'Eve' }, version: 'current' });
    expect(values()).toEqual(['charge Ada', 'send Ada', 'send Bob', 'charge Eve', 'send Eve']);
  });

  it('are refused where the place is not, with what to do', async () => {
    trouble.add('send Ada');
    const failed = await start('order');
    const refusal = async (body: Readonly<Record<string, unknown>>) => {
      const reply = await rerun(failed.id, body);
      return [reply.status, reply.body['code']];
    };
    expect(await refusal({ from: 'stp_none' })).toEqual([409, 'flow-rerun.no-place']);
    expect(await refusal({ from: 'stp_end' })).toEqual([409, 'flow-rerun.not-reached']);
    expect(await refusal({ from: '../x' })).toEqual([409, 'flow-rerun.no-place']);
    expect((await read(failed.id)).run.reruns).toEqual([]);
    trouble.clear();
    const good = await start('order');
    expect((await rerun(good.id, { fromFailed: true })).body['code']).toBe('flow-rerun.no-failed-step');
    const other = await world.people.member.call(flows.rerun, { params: { appId, run: failed.id }, body: {} });
    expect(other.status).toBe(403);
    const foreign = await world.other.owner.call(flows.rerun, {
      params: { appId: world.other.appId, run: failed.id },
      body: { fromFailed: true },
    });
    expect(foreign.status).toBe(404);
  });

  it('are retried in pages, each once, by filter', async () => {
    const { owner } = world.people;
    const after = Date.now();
    trouble.add('send Ada');
    for (let n = 0; n < 5; n += 1) await start('order');
    trouble.add(0);
    await start('batch');
    trouble.clear();
    effects.splice(0);
    const count = async (query: Readonly<Record<string, string | number>>) =>
      good(await owner.call(flows.retriable, { params: { appId }, query: { after, ...query } }));
    expect(await count({})).toEqual({ count: 6, isMore: false });
    expect(await count({ flow: 'flw_order' })).toEqual({ count: 5, isMore: false });
    expect(await count({ before: after })).toEqual({ count: 0, isMore: false });
    const retry = async (body: Readonly<Record<string, unknown>>) =>
      good(
        await owner.call(flows.retryFailed, {
          params: { appId },
          body: { flow: 'flw_order', after, fromFailed: true, ...body },
        }),
      ) as unknown as { started: number; refused: unknown[]; next?: string };
    const first = await retry({ limit: 3 });
    expect(first).toMatchObject({ started: 3, refused: [] });
    const rest = await retry({ limit: 3, cursor: first.next ?? '' });
    expect(rest).toEqual({ started: 2, refused: [] });
    expect(await retry({})).toEqual({ started: 0, refused: [] });
    expect(await count({})).toEqual({ count: 1, isMore: false });
    await expect.poll(() => values()).toEqual(Array.from({ length: 5 }, () => 'send Ada'));
  });

  it('are retried once even when many ask at once', async () => {
    const { owner } = world.people;
    const after = Date.now();
    trouble.add('send Ada');
    await start('order');
    trouble.clear();
    effects.splice(0);
    const replies = await Promise.all(
      [1, 2, 3, 4].map(() => owner.call(flows.retryFailed, { params: { appId }, body: { flow: 'flw_order', after } })),
    );
    expect(replies.reduce((sum, reply) => sum + Number(good(reply)['started']), 0)).toBe(1);
    await expect.poll(() => values()).toEqual(['charge Ada', 'send Ada']);
  });
});
