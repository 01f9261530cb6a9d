import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiPerson, emptyApp, findPostgres, routes, saveApp, type ApiPerson } from '@fettle/testing';
import { startReceiver, type CountingReceiver } from '../../harness/counting-receiver.ts';
import { databaseName } from '../../harness/database-name.ts';
import { createMetadataDatabase } from '../../harness/metadata-database.ts';
import { startPostgresProcess } from '../../harness/postgres-process.ts';
import { ownerLogin, startServerProcess, type ServerProcess } from '../../harness/server-process.ts';
import { effectsOfRun, withFlowToKill } from './flow-to-kill.ts';

/** How often processes are killed, and how many runs are started meanwhile at least. `FLOW_KILLS=200` for the long test. */
const kills = Number(process.env['FLOW_KILLS'] ?? 8);
const leastStarts = Math.max(16, kills);

const ownPostgres = await startPostgresProcess();
const stores = [
  'SQLite',
  ...((await findPostgres()) === undefined ? [] : ['PostgreSQL']),
  ...(ownPostgres === undefined ? [] : ['a PostgreSQL that is killed as well']),
];
afterAll(() => ownPostgres?.dispose());

/** What can be killed and started again. */
type Victim = Pick<ServerProcess, 'kill' | 'start'>;

/** On PostgreSQL one process answers and two play runs; on SQLite one does everything. */
describe.each(stores)('processes are killed while flows run, metadata on %s', (store) => {
  let database: { readonly url: string; drop(): Promise<void> } | undefined;
  const victims: Victim[] = [];
  let receiver: CountingReceiver;
  const processes: ServerProcess[] = [];
  let owner: ApiPerson;
  let app: { readonly id: string; readonly slug: string };
  let place: {
    readonly workspaceId: string;
    readonly dataSource: string;
    readonly table: string;
    readonly column: string;
  };

  beforeAll(async () => {
    receiver = await startReceiver();
    if (store === 'PostgreSQL') database = await createMetadataDatabase(databaseName('flowkill'));
    else if (store !== 'SQLite' && ownPostgres !== undefined) {
      database = { url: ownPostgres.url, drop: () => ownPostgres.dispose() };
      victims.push(ownPostgres);
    }
    const settings = { FETTLE_ALLOWED_HOSTS: receiver.host };
    if (database === undefined) processes.push(await startServerProcess({ settings }));
    else {
      const shared = { ...settings, FETTLE_SECRET: 'k9Zq3v8Lw2Xr7Tn5Yb4Hm6Jc1Pd0Sf9Gu' };
      const databaseUrl = database.url;
      const start = (role: string) => startServerProcess({ databaseUrl, settings: { ...shared, FETTLE_ROLE: role } });
      processes.push(await start('server'));
      processes.push(...(await Promise.all([start('worker'), start('worker')])));
    }
    victims.push(...processes);
    owner = createApiPerson(server().url);
    await owner.signIn(ownerLogin.email, ownerLogin.password);
    await prepare();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.dispose()));
    await receiver.close();
    await database?.drop();
  });

  const server = (): ServerProcess => processes[0] as ServerProcess;

  async function prepare(): Promise<void> {
    const { user } = await owner.client.call(routes.account.session, {});
    const workspaceId = user?.workspaces[0]?.id ?? '';
    const { dataSource } = await owner.client.call(routes.dataSources.create, {
      params: { workspaceId },
      body: { name: 'Tables', kind: 'internal' },
    });
    const made = await owner.client.call(routes.dataSources.createTable, {
      params: { workspaceId, dataSource: dataSource.id },
      body: { name: 'Seen', fields: [{ name: 'Run', type: 'text' }] },
    });
    const table = made.schema.tables.find(({ name }) => name === 'Seen');
    const column = table?.columns.find(({ name }) => /^run$/i.test(name))?.name ?? '';
    place = { workspaceId, dataSource: dataSource.id, table: table?.id ?? '', column };
    const definition = withFlowToKill(emptyApp('Durable'), { ...place, url: receiver.url });
    const created = await owner.client.call(routes.apps.create, {
      params: { workspaceId },
      body: { name: 'Durable', from: { kind: 'definition', files: saveApp(definition) } },
    });
    app = created.app;
    await owner.client.call(routes.apps.publish, { params: { appId: app.id }, body: { revision: 0 } });
  }

  /** Sends the same request until it is acknowledged, as a caller that wants to be sure does. */
  async function startRun(number: number): Promise<string> {
    for (const end = Date.now() + 60_000; Date.now() < end;) {
      try {
        const { run } = await owner.client.call(routes.flows.start, {
          params: { app: app.slug, flow: 'flw_main' },
          body: { input: { number }, requestId: `start-${number}` },
        });
        return run.id;
      } catch (error) {
        await pause(100);
        if ((error as { kind?: string }).kind === 'not-authenticated') await signInAgain();
      }
    }
    throw new Error(`Run ${number} could not be started.`);
  }

  /** What a sign-in is good for by itself is over after five minutes. */
  const signInAgain = () => owner.signIn(ownerLogin.email, ownerLogin.password).catch(() => undefined);

  async function strike(random: () => number, acknowledged: () => number): Promise<void> {
    for (let kill = 0; kill < kills; kill += 1) {
      const before = acknowledged();
      await pause(150 + random() * 700);
      // On a slow machine a process that lives for a moment answers nobody: some live until somebody was answered.
      for (let waited = 0; kill % 3 === 0 && acknowledged() === before && waited < 30_000; waited += 50)
        await pause(50);
      const victim = victims[Math.floor(random() * victims.length)] as Victim;
      await victim.kill();
      await victim.start();
    }
  }

  const listRuns = async () => {
    const all: Awaited<ReturnType<typeof list>>['runs'] = [];
    const list = (cursor: string | undefined) =>
      owner.client.call(routes.flows.runs, {
        params: { appId: app.id },
        query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
      });
    for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
      const page = await list(cursor);
      all.push(...page.runs);
      cursor = page.next;
    }
    return all;
  };

  it(
    'ends every run that was acknowledged, each step recorded once, doubles under their key',
    async () => {
      const random = createRandom(store.length);
      let isStriking = true;
      const ids: string[] = [];
      const striking = strike(random, () => ids.length).finally(() => {
        isStriking = false;
      });
      // There are runs under way whenever a process is killed.
      while (isStriking || ids.length < leastStarts) {
        ids.push(await startRun(ids.length));
        await pause(random() * 600);
      }
      await striking;
      await signInAgain();
      const starts = ids.length;
      expect(new Set(ids).size).toBe(starts);

      let runs = await listRuns();
      // A run that was lost several times in a row is left alone for up to a minute.
      for (const end = Date.now() + 180_000; Date.now() < end && runs.some(({ finishedAt }) => finishedAt === null);) {
        await pause(250);
        runs = await listRuns();
      }
      const mains = runs.filter(({ flowId }) => flowId === 'flw_main');
      const subs = runs.filter(({ flowId }) => flowId === 'flw_sub');
      expect(mains.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
      expect(runs.filter(({ state }) => state !== 'succeeded')).toEqual([]);
      expect(subs).toHaveLength(starts);

      const keys = new Set(receiver.received.keys());
      const wanted = [...mains, ...subs].flatMap(({ id, flowId }) =>
        effectsOfRun.filter((path) => (path === 'stp_last') === (flowId === 'flw_sub')).map((path) => `${id}/${path}`),
      );
      expect([...keys].toSorted()).toEqual(wanted.toSorted());
      // The same key never says anything else.
      expect([...receiver.received.values()].filter((bodies) => new Set(bodies).size !== 1)).toEqual([]);

      for (const id of ids.slice(0, 5)) {
        const { run, entries } = await owner.client.call(routes.flows.run, {
          params: { appId: app.id, run: id },
          query: {},
        });
        const paths = entries.map(({ path }) => path);
        expect(new Set(paths).size).toBe(paths.length);
        expect(entries.filter(({ state }) => state !== 'succeeded')).toEqual([]);
        expect(run.output).toBe(ids.indexOf(id) * 2 + 1);
      }
      const { workspaceId: _workspace, dataSource, table, column } = place;
      const rows = await rowsOf({ dataSource, table, column });
      expect(new Set(rows)).toEqual(new Set(ids));
      const sent = [...receiver.received.values()].reduce((sum, bodies) => sum + bodies.length, 0);
      console.log(
        `${store}: ${kills} kills, ${starts} runs; ${sent - keys.size} of ${sent} requests and ${rows.length - starts} of ${rows.length} rows were doubles.`,
      );
    },
    Math.max(300_000, kills * 12_000),
  );

  /** The column's values in production. */
  async function rowsOf({ dataSource, table, column }: Omit<typeof place, 'workspaceId'>): Promise<readonly string[]> {
    const values: string[] = [];
    for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
      const page = await owner.client.call(routes.apps.rows.list, {
        params: { app: app.slug, dataSource, table },
        query: {},
        body: { limit: 500, ...(cursor === undefined ? {} : { cursor }) },
      });
      values.push(...page.rows.map((row) => String(row[column])));
      cursor = page.next;
    }
    return values;
  }
});

/** Numbers from 0 to 1 that are the same in every run of the test. */
function createRandom(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    return state / 2 ** 32;
  };
}
