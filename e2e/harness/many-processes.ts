import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bug } from '@fettle/testing';
import { databaseName } from './database-name.ts';
import { createMetadataDatabase } from './metadata-database.ts';
import { startRoundRobinProxy } from './round-robin-proxy.ts';
import { freePort, startOneProcess, type ServerProcess, type ServerProcessOptions } from './server-process.ts';

/** The product as several processes. As a whole it is what a story takes for one server. */
export interface ManyProcesses extends ServerProcess {
  readonly servers: readonly ServerProcess[];
  readonly worker: ServerProcess;
  readonly databaseUrl: string;
  /** How many requests each server has answered. */
  counts(): readonly number[];
}

let started = 0;

/** Two servers and a worker on one PostgreSQL, with a data folder on the host that they share, behind a proxy that takes turns. */
export async function startManyProcesses(options: ServerProcessOptions = {}): Promise<ManyProcesses> {
  started += 1;
  const database = await createMetadataDatabase(databaseName(`many${started}`));
  if (database === undefined) throw bug('Several servers need a PostgreSQL, and none is running here.');
  const folder = await mkdtemp(join(tmpdir(), 'fettle-story-many-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    FETTLE_SECRET: randomBytes(48).toString('base64url'),
    FETTLE_TRUSTED_PROXIES: '1',
    // Two such stories run at a time, and have to share what one PostgreSQL allows.
    FETTLE_DATABASE_CONNECTIONS: '6',
    ...options.settings,
  };
  const start = (role: 'server' | 'worker'): Promise<ServerProcess> =>
    startOneProcess({
      ...options,
      folder,
      databaseUrl: database.url,
      settings: { ...settings, FETTLE_ROLE: role, FETTLE_PUBLIC_URL: url },
    });
  // Together, as an orchestrator starts them: on an empty database too.
  const outcomes = await Promise.allSettled([start('server'), start('server'), start('worker')]);
  const all = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const [first, second, worker] = all;
  if (first === undefined || second === undefined || worker === undefined) {
    await Promise.all(all.map((one) => one.dispose()));
    await database.drop();
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    throw bug('One of several servers did not start.', failed?.reason);
  }
  const servers = [first, second];
  const proxy = await startRoundRobinProxy(
    port,
    servers.map((server) => Number(new URL(server.url).port)),
  );
  return {
    url,
    folder,
    servers,
    worker,
    databaseUrl: database.url,
    counts: proxy.counts,
    log: () => all.map((one) => one.log()).join('\n'),
    setupToken: () => first.setupToken(),
    isRunning: () => all.every((one) => one.isRunning()),
    kill: async () => void (await Promise.all(all.map((one) => one.kill()))),
    terminate: async () => Math.max(...(await Promise.all(all.map(async (one) => (await one.terminate()) ?? 1)))),
    start: async () => void (await Promise.all(all.map((one) => one.start()))),
    dispose: async () => {
      await proxy.close();
      await Promise.all(all.map((one) => one.dispose()));
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
