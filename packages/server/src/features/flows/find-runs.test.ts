import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes, type FlowRunHead } from '@fettle/contract';
import type { Flow, FlowStep } from '@fettle/definition';
import { openDatabase, type Database } from '../../database/database.ts';
import { publishFlows } from '../../testing/publish-flows.ts';
import { createTestActions } from '../../testing/test-actions.ts';
import { queuedRun } from '../../testing/queued-run.ts';
import { startTestServer, storeKinds, type TestServer } from '../../testing/test-server.ts';
import { createWorld, good, type TestWorld } from '../../testing/test-world.ts';
import { insertRuns } from './insert-run.store.ts';
import type { NewRunRow } from './runs.store.ts';
import { writeEntries } from './journal.store.ts';

const { flows } = routes;
const echo = (value: string): FlowStep => ({
  id: 'stp_say',
  name: 'say',
  kind: 'action',
  type: 'test/echo',
  settings: { value },
});
const flow = (id: string, steps: readonly FlowStep[]): Flow => ({
  id: `flw_${id}`,
  name: id,
  trigger: { type: 'core/manual', settings: {} },
  inputs: [{ name: 'who', type: 'text' }],
  access: { roles: ['basic'] },
  steps: [...steps],
});

describe.each(storeKinds)('finding runs on %s', (kind) => {
  const { extensions } = createTestActions();
  let server: TestServer;
  let world: TestWorld;
  let database: Database;
  let appId: string;
  let slug: string;

  beforeAll(async () => {
    server = await startTestServer(kind, { flowActions: extensions });
    world = await createWorld(server);
    ({ appId, slug } = await publishFlows(world.own, 'Find', [
      flow('hello', [echo('Hello 100%_sure "{{ trigger.who }}"')]),
      flow('large', [echo('{{ join(range(0, 30000), ",") }}')]),
    ]));
    database = await openDatabase({
      dataFolder: server.dataFolder,
      ...(server.databaseUrl === undefined ? {} : { databaseUrl: server.databaseUrl }),
      maxConnections: 4,
    });
  });
  beforeEach(() => database.knex('flow_run').delete());
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  const put = async (facts: readonly Partial<NewRunRow>[]): Promise<readonly string[]> => {
    const of = { workspaceId: world.own.workspaceId, appId };
    const rows = facts.map((fact, n) =>
      queuedRun(of, {
        flow_id: 'flw_hello',
        state: 'succeeded',
        fence: 1,
        created_at: 1_000 + n,
        started_at: 1_000 + n,
        finished_at: 2_000 + n,
        ...fact,
      }),
    );
    for (let at = 0; at < rows.length; at += 500)
      await insertRuns(database.knex, database.kind, rows.slice(at, at + 500));
    return rows.map(({ id }) => id);
  };
  const list = async (query: Readonly<Record<string, string | number>>) =>
    good(await world.people.owner.call(flows.runs, { params: { appId }, query })) as unknown as {
      runs: FlowRunHead[];
      next?: string;
      searched?: { runs: number; to: number };
    };
  const ids = async (query: Readonly<Record<string, string | number>>) => (await list(query)).runs.map(({ id }) => id);
  const start = async (id: string, who: string) =>
    good(
      await world.people.member.call(flows.start, {
        params: { app: slug, flow: `flw_${id}` },
        body: { input: { who }, waitMs: 10_000 },
      }),
    )['run'] as unknown as { id: string };

  it('goes through all of them in pages, whatever times they share', async () => {
    const all = await put(Array.from({ length: 430 }, (_, n) => ({ created_at: 1_000 + Math.floor(n / 100) })));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 100, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.runs.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(430);
    expect(new Set(seen)).toEqual(new Set(all));
    expect((await world.people.owner.call(flows.runs, { params: { appId }, query: { cursor: 'x' } })).status).toBe(400);
  });

  it('narrows by duration, by what started them and by whom, and by all at once', async () => {
    const [quick, slow, waiting, again] = await put([
      { finished_at: 1_050, user: '{"id":"u","email":"Ada@one.test","name":"Ada"}' },
      { finished_at: 99_000, origin: 'webhook' },
      // Not a queued one: the server's own worker would take it.
      { state: 'waiting', started_at: null, finished_at: null },
      { origin: 'rerun', rerun_by: 'bob@one.test' },
    ]);
    expect(await ids({ maxMs: 100 })).toEqual([quick]);
    expect(await ids({ minMs: 50_000 })).toEqual([slow]);
    expect(await ids({ origin: 'rerun' })).toEqual([again]);
    expect(await ids({ actor: 'ada@' })).toEqual([quick]);
    expect(await ids({ actor: 'BOB' })).toEqual([again]);
    expect(await ids({ actor: 'ada@', minMs: 50_000 })).toEqual([]);
    expect(await ids({ state: 'waiting' })).toEqual([waiting]);
    expect(await ids({ state: 'waiting', flow: 'flw_other' })).toEqual([]);
    const [stopped, trial] = await put([
      { state: 'cancelled', created_at: 3_000 },
      { state: 'failed', environment: 'development', created_at: 3_001 },
    ]);
    expect(await ids({ state: 'cancelled' })).toEqual([stopped]);
    expect(await ids({ environment: 'development' })).toEqual([trial]);
    expect(await ids({ state: 'failed', environment: 'production' })).toEqual([]);
    expect(await ids({ state: 'failed', environment: 'development' })).toEqual([trial]);
    expect(await ids({ after: 1_001, before: 1_003 })).toEqual([waiting, slow]);
  });

  it('finds texts in what they were given, in errors and in steps, as they stand', async () => {
    const hello = await start('hello', 'Zoë');
    const [failed] = await put([{ state: 'failed', error: '{"code":"x","message":"The printer is on fire"}' }]);
    expect(await ids({ text: 'zoë' })).toEqual([hello.id]);
    expect(await ids({ text: '100%_sure "Zo' })).toEqual([hello.id]);
    expect(await ids({ text: '100__sure' })).toEqual([]);
    expect(await ids({ text: 'PRINTER' })).toEqual([failed]);
    expect(await ids({ text: 'say' })).toEqual([hello.id]);
    expect(await ids({ text: `'; drop table flow_run; --` })).toEqual([]);
  });

  it('stops a search that would go on for long, says how far it came, and goes on from there', async () => {
    const rare = 'only once';
    const facts = Array.from({ length: 25_000 }, (_, n): Partial<NewRunRow> => ({ created_at: 10_000 + n }));
    facts[0] = { created_at: 9_000, finished_at: 9_000_000, trigger: JSON.stringify(rare) };
    const [found] = await put(facts);
    const first = await list({ minMs: 5_000_000 });
    expect(first.runs).toEqual([]);
    expect(first.searched?.runs).toBeLessThanOrEqual(20_000);
    const rest = await list({ minMs: 5_000_000, cursor: first.next ?? '' });
    expect(rest.runs.map(({ id }) => id)).toEqual([found]);
    const begun = performance.now();
    const byText = await list({ text: rare });
    // The bound is 1.2 s; machines under load take their time on top of it.
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(byText.runs.length === 1 || byText.next !== undefined).toBe(true);
    expect(await ids({ text: rare, before: 9_500 })).toEqual([found]);
  }, 60_000);

  it('reads a long journal in pages, in the order of its steps', async () => {
    const [run = ''] = await put([{}]);
    const entries = Array.from({ length: 1_203 }, (_, n) => ({
      path: `stp_loop#${n}/stp_say`,
      scope: `stp_loop#${n}/`,
      stepId: 'stp_say',
      name: 'say',
      kind: 'action',
      state: 'succeeded' as const,
      attempt: 1,
      startedAt: 1,
      output: n,
    }));
    await writeEntries(database.knex, run, entries);
    const seen: unknown[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const reply = good(
        await world.people.owner.call(flows.run, {
          params: { appId, run },
          query: { limit: 500, ...(cursor === undefined ? {} : { cursor }) },
        }),
      ) as unknown as { entries: { output: unknown }[]; next?: string };
      seen.push(...reply.entries.map(({ output }) => output));
      cursor = reply.next;
      pages += 1;
    } while (cursor !== undefined);
    expect([pages, seen]).toEqual([3, Array.from({ length: 1_203 }, (_, n) => n)]);
  });

  it('leaves large values out of the journal, and gives them when they are asked for', async () => {
    const { owner, member } = world.people;
    const run = await start('large', 'x');
    const reply = await owner.call(flows.run, { params: { appId, run: run.id } });
    expect(reply.text.length).toBeLessThan(5_000);
    expect(reply.body['entries']).toMatchObject([{ omitted: { output: { characters: 168_891 } } }]);
    const entry = { params: { appId, run: run.id }, query: { path: 'stp_say' } };
    const whole = good(await owner.call(flows.entry, entry))['entry'] as unknown as { output: string };
    expect(whole.output).toHaveLength(168_889);
    expect(whole).not.toHaveProperty('omitted');
    expect((await member.call(flows.entry, entry)).status).toBe(403);
    expect((await owner.call(flows.entry, { ...entry, query: { path: 'stp_none' } })).status).toBe(404);
    const foreign = { ...entry, params: { appId: world.other.appId, run: run.id } };
    expect((await world.other.owner.call(flows.entry, foreign)).status).toBe(404);
  });
});
