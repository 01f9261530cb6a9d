import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes } from '@fettle/contract';
import type { Flow, FlowStep } from '@fettle/definition';
import { publishFlows } from '../../testing/publish-flows.ts';
import { createTestActions } from '../../testing/test-actions.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';

const token = 'tok_0123456789_very_secret';

const flowOf = (
  id: string,
  settings: Readonly<Record<string, unknown>>,
  facts: Pick<FlowStep, 'retry'> = {},
): Flow => ({
  id: `flw_${id}`,
  name: id,
  trigger: { type: 'core/manual', settings: {} },
  access: { roles: ['basic'] },
  steps: [{ id: 'stp_tell', name: 'tell', kind: 'action', type: 'test/tell', settings, ...facts }],
});

describe.each(storeKinds)('secrets of steps on %s', (kind) => {
  const { extensions, effects } = createTestActions();
  let server: TestServer;
  let world: TestWorld;
  let appId: string;
  let slug: string;
  beforeAll(async () => {
    server = await startTestServer(kind, { flowActions: extensions });
    world = await createWorld(server);
    const flows = [
      flowOf('tell', { token: 'api_token' }),
      flowOf('fail', { token: 'api_token', fails: true }),
      flowOf('lost', { token: 'not_stored' }),
      flowOf('again', { token: 'api_token', fails: true }, { retry: { count: 2, delayMs: 1 } }),
    ];
    ({ appId, slug } = await publishFlows(world.own, 'Secrets', flows));
    good(
      await world.own.owner.call(routes.storedSecrets.save, {
        params: { workspaceId: world.own.workspaceId, environment: 'production', secret: 'api_token' },
        body: { value: token },
      }),
    );
  });
  beforeEach(() => void effects.splice(0));
  afterAll(() => server.stop());

  const start = async (id: string, body: Readonly<Record<string, unknown>> = {}) => {
    const params = { app: slug, flow: `flw_${id}` };
    const reply = await world.people.member.call(routes.flows.start, {
      params,
      body: { input: {}, waitMs: 10_000, ...body },
    });
    return good(reply)['run'] as unknown as { id: string; state: string; error?: { code: string; message: string } };
  };
  const journalOf = async (run: string) => world.own.owner.call(routes.flows.run, { params: { appId, run } });

  it('reach the action, and nobody who looks at the run', async () => {
    const run = await start('tell');
    expect(effects).toEqual([{ key: '', value: token }]);
    const journal = await journalOf(run.id);
    expect(journal.text).not.toContain(token);
    expect(journal.body['entries']).toMatchObject([
      { input: { token: 'api_token' }, output: { echoed: ['Bearer •••'], length: token.length } },
    ]);
    expect(journal.text).toContain('Signing in with •••');
  });

  it('are not in what a step says when it fails', async () => {
    const run = await start('fail');
    expect(run).toMatchObject({
      state: 'failed',
      error: { code: 'test.failed', message: 'The token ••• is not known.' },
    });
    expect((await journalOf(run.id)).text + server.log.join('\n')).not.toContain(token);
  });

  it('are in nothing that can be read of a run: its attempts, its steps one by one, the list, a run that repeats it', async () => {
    const { owner } = world.own;
    const run = await start('again');
    const journal = await journalOf(run.id);
    expect(journal.body['entries']).toMatchObject([
      {
        attempt: 3,
        tries: [1, 2, 3].map((attempt) => ({ attempt, error: { message: 'The token ••• is not known.' } })),
      },
    ]);
    const entry = await owner.call(routes.flows.entry, { params: { appId, run: run.id }, query: { path: 'stp_tell' } });
    const list = await owner.call(routes.flows.runs, { params: { appId } });
    const again = await owner.call(routes.flows.rerun, { params: { appId, run: run.id }, body: { fromFailed: true } });
    const next = good(again)['run'] as unknown as string;
    await expect
      .poll(async () => ((await journalOf(next)).body['run'] as unknown as { state: string }).state)
      .toBe('failed');
    const texts = [journal.text, good(entry) && entry.text, list.text, again.text, (await journalOf(next)).text];
    expect(texts.filter((text) => text.includes(token))).toEqual([]);
    const found = good(await owner.call(routes.flows.runs, { params: { appId }, query: { text: token } }));
    expect(found['runs']).toEqual([]);
    expect(server.log.join('\n')).not.toContain(token);
  });

  it('fail the step when they are not stored in its environment', async () => {
    expect(await start('lost')).toMatchObject({ state: 'failed', error: { code: 'flow.secret-unknown' } });
    expect(effects).toEqual([]);
  });

  it('are of one environment: a trial of the draft has those of development', async () => {
    const trial = await world.own.owner.call(routes.flows.startDraft, {
      params: { appId, flow: 'flw_tell' },
      body: { trigger: {}, waitMs: 10_000 },
    });
    expect(good(trial)['run']).toMatchObject({ state: 'failed', error: { code: 'flow.secret-unknown' } });
  });

  it('copies of an app do not share the keys by which a flow starts once', async () => {
    const copy = await publishFlows(world.own, 'Copy', [flowOf('tell', { token: 'api_token' })]);
    const first = await start('tell', { requestId: 'request-1' });
    expect((await start('tell', { requestId: 'request-1' })).id).toBe(first.id);
    const params = { app: copy.slug, flow: 'flw_tell' };
    const body = { input: {}, waitMs: 0, requestId: 'request-1' };
    const other = good(await world.people.member.call(routes.flows.start, { params, body }));
    expect((other['run'] as unknown as { id: string }).id).not.toBe(first.id);
  });
});
