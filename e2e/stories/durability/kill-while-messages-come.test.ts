import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createApiPerson,
  emptyApp,
  findPostgres,
  findRedis,
  routes,
  saveApp,
  type ApiPerson,
  type App,
} from '@fettle/testing';
import { databaseName } from '../../harness/database-name.ts';
import { createMetadataDatabase, type MetadataDatabase } from '../../harness/metadata-database.ts';
import { ownerLogin, startServerProcess, type ServerProcess } from '../../harness/server-process.ts';

/** How often the process that listens is killed. `MESSAGE_KILLS=50` for the long test. */
const kills = Number(process.env['MESSAGE_KILLS'] ?? 3);
const redis = await findRedis();
const postgres = await findPostgres();

describe.skipIf(redis === undefined || postgres === undefined)('processes are killed while messages come', () => {
  let database: MetadataDatabase | undefined;
  const processes: ServerProcess[] = [];
  let owner: ApiPerson;
  let appId: string;
  const stream = databaseName('messages');
  const client = createClient({ socket: { host: redis?.host ?? '', port: redis?.port ?? 0 } });

  beforeAll(async () => {
    await client.connect();
    const made = await createMetadataDatabase(databaseName('messagekill'));
    if (made === undefined) throw new TypeError('PostgreSQL is gone.');
    database = made;
    const settings = { FETTLE_SECRET: 'k9Zq3v8Lw2Xr7Tn5Yb4Hm6Jc1Pd0Sf9Gu' };
    const start = (role: string) =>
      startServerProcess({ databaseUrl: made.url, settings: { ...settings, FETTLE_ROLE: role } });
    // The first one answers questions; the others listen and play.
    processes.push(await start('server'));
    processes.push(...(await Promise.all([start('worker'), start('worker')])));
    owner = createApiPerson(processes[0]?.url ?? '');
    await owner.signIn(ownerLogin.email, ownerLogin.password);
    const { user } = await owner.client.call(routes.account.session, {});
    const created = await owner.client.call(routes.apps.create, {
      params: { workspaceId: user?.workspaces[0]?.id ?? '' },
      body: { name: 'Messages', from: { kind: 'definition', files: saveApp(listening(stream)) } },
    });
    appId = created.app.id;
    await owner.client.call(routes.apps.publish, { params: { appId }, body: { revision: 0 } });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(processes.map((one) => one.dispose()));
    await database?.drop();
    await client.del(stream);
    client.destroy();
  });

  const startedBy = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await owner.client.call(routes.flows.runs, {
        params: { appId },
        query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) },
      });
      found.push(...page.runs.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    const numbers = await Promise.all(
      found.map(async (run) => {
        const details = await owner.client.call(routes.flows.run, { params: { appId, run }, query: {} });
        return (details.run.trigger as { data: { number: number } }).data.number;
      }),
    );
    return numbers.toSorted((a, b) => a - b).map(String);
  };
  const isConnected = async (): Promise<boolean> => {
    const { sources } = await owner.client.call(routes.flows.sources, { params: { appId } });
    return sources[0]?.state === 'connected';
  };

  it(
    'starts exactly one run for each message, whoever listens when it comes',
    async () => {
      for (const end = Date.now() + 20_000; Date.now() < end && !(await isConnected());) await pause(100);
      let isOver = false;
      let sent = 0;
      const sending = (async () => {
        while (!isOver) {
          await client.xAdd(stream, '*', { number: String(sent) });
          sent += 1;
          await pause(10);
        }
      })();
      for (let kill = 0; kill < kills; kill += 1) {
        await pause(700 + ((kill * 137) % 400));
        // Whichever of them listens, at the latest the second one does.
        for (const victim of processes.slice(1)) {
          await victim.kill();
          await victim.start();
        }
        await pause(1_500);
      }
      isOver = true;
      await sending;
      const expected = Array.from({ length: sent }, (_, number) => String(number));
      let started = await startedBy();
      for (const end = Date.now() + 60_000; Date.now() < end && started.length < sent;) {
        await pause(1_000);
        started = await startedBy();
      }
      expect(started).toEqual(expected);
      expect((await client.xPending(stream, await groupOf())).pending).toBe(0);
      console.log(`${kills * 2} kills, ${sent} messages.`);
    },
    Math.max(180_000, kills * 30_000),
  );

  async function groupOf(): Promise<string> {
    return (await client.xInfoGroups(stream))[0]?.name.toString() ?? '';
  }
});

function listening(stream: string): App {
  const settings = { stream, host: redis?.host ?? '', port: redis?.port ?? 0, encryption: 'off', prefetch: 20 };
  const flow = {
    id: 'flw_listen',
    name: 'listen',
    trigger: { type: 'redis/stream-message', settings },
    steps: [{ id: 'stp_end', name: 'end', kind: 'return', value: '{{ trigger.data.number }}' }],
  };
  return { ...emptyApp('Messages'), flows: { flw_listen: flow } } as unknown as App;
}
