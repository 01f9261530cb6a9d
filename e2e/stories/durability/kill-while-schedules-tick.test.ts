import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiPerson, emptyApp, findPostgres, routes, saveApp, type ApiPerson, type App } from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { createMetadataDatabase, type MetadataDatabase } from '../../harness/metadata-database.ts';
import { ownerLogin, startServerProcess, type ServerProcess } from '../../harness/server-process.ts';

/** Ticks that are watched, one a second. `FLOW_TICKS=1440` for as many as a day has minutes. */
const ticks = Number(process.env['FLOW_TICKS'] ?? 20);

/** A flow that starts each second; the steps say that it was played. */
const app = {
  ...emptyApp('Ticking'),
  flows: {
    flw_tick: {
      id: 'flw_tick',
      name: 'tick',
      trigger: {
        type: 'core/schedule',
        settings: { kind: 'cron', expression: '* * * * * *', timeZone: 'UTC', catchUp: 'all' },
      },
      steps: [{ id: 'stp_log', name: 'log', kind: 'action', type: 'core/log', settings: { message: 'Tick' } }],
    },
  },
} as unknown as App;

/** Two processes answer and three play runs; who makes a tick's run is killed while it does, as often as not. */
describe.skipIf((await findPostgres()) === undefined)('processes are killed around ticks of a schedule', () => {
  let database: MetadataDatabase | undefined;
  const processes: ServerProcess[] = [];
  let owner: ApiPerson;
  let appId = '';

  beforeAll(async () => {
    database = await createMetadataDatabase(databaseName('tickkill'));
    const databaseUrl = database?.url ?? '';
    const start = (role: string) =>
      startServerProcess({
        databaseUrl,
        settings: { FETTLE_SECRET: 'k9Zq3v8Lw2Xr7Tn5Yb4Hm6Jc1Pd0Sf9Gu', FETTLE_ROLE: role },
      });
    processes.push(await start('server'));
    processes.push(...(await Promise.all([start('server'), start('worker'), start('worker'), start('worker')])));
    owner = createApiPerson(processes[0]?.url ?? '');
    await owner.signIn(ownerLogin.email, ownerLogin.password);
    const { user } = await owner.client.call(routes.account.session, {});
    const created = await owner.client.call(routes.apps.create, {
      params: { workspaceId: user?.workspaces[0]?.id ?? '' },
      body: { name: 'Ticking', from: { kind: 'definition', files: saveApp(app) } },
    });
    appId = created.app.id;
    await owner.client.call(routes.apps.publish, { params: { appId }, body: { revision: 0 } });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.dispose()));
    await database?.drop();
  });

  const listRuns = async () => {
    const all: { readonly id: string; readonly state: string; readonly createdAt: number }[] = [];
    for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
      const page = await owner.client.call(routes.flows.runs, {
        params: { appId },
        query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
      });
      all.push(...page.runs);
      cursor = page.next;
    }
    return all;
  };
  const dueTimeOf = async (run: string): Promise<string> => {
    const { run: details } = await owner.client.call(routes.flows.run, { params: { appId, run }, query: {} });
    return (details.trigger as { readonly scheduledAt: string }).scheduledAt;
  };

  it(
    'has one run for each tick, and each is played to its end',
    async () => {
      const from = Math.ceil(Date.now() / 1000 + 1) * 1000;
      const until = from + ticks * 1000;
      let kills = 0;
      // The process that answers this story stays: the other four are killed in turn, from just before a tick to just
      // after it, as long as another one is there to go on.
      const starting = new Set<ServerProcess>();
      const restarts: Promise<void>[] = [];
      while (Date.now() < until) {
        const tick = Math.ceil(Date.now() / 1000) * 1000;
        await pause(Math.max(0, tick - Date.now() - 20 + ((kills * 7) % 60)));
        const ready = processes.slice(1).filter((one) => !starting.has(one));
        const victim = ready[kills % ready.length];
        if (victim === undefined || ready.length < 3) {
          await pause(100);
          continue;
        }
        starting.add(victim);
        await victim.kill();
        kills += 1;
        restarts.push(victim.start().finally(() => starting.delete(victim)));
      }
      const failed = (await Promise.allSettled(restarts)).filter(({ status }) => status === 'rejected');
      expect(failed).toEqual([]);
      // Nobody asked for a day, or for the part of it that sessions last.
      await owner.signIn(ownerLogin.email, ownerLogin.password);
      const wanted = Array.from({ length: ticks }, (_, index) => new Date(from + index * 1000).toISOString());
      await expect
        .poll(
          async () =>
            (await listRuns()).filter(({ createdAt }) => createdAt < until).every(({ state }) => state === 'succeeded'),
          { timeout: 60_000, interval: 500 },
        )
        .toBe(true);
      const runs = (await listRuns()).filter(({ createdAt }) => createdAt >= from && createdAt < until + 10_000);
      const times = await Promise.all(runs.map(({ id }) => dueTimeOf(id)));
      const made = times.filter((time) => wanted.includes(time));
      expect(made.toSorted()).toEqual(wanted);
      console.log(`${ticks} ticks, ${kills} kills: one run for each.`);
    },
    120_000 + ticks * 2000,
  );
});
