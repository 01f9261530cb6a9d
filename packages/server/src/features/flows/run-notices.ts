import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../../log.ts';
import type { RunSignals } from './run-signals.ts';
import { runsChannel } from './runs.store.ts';

/** A lost connection is made again after so long, in milliseconds. Workers look by themselves meanwhile. */
const againMs = 2_000;

/** Listens on PostgreSQL for runs that other processes start. Answers how to stop. */
export function listenToRuns(
  databaseUrl: string,
  signals: Pick<RunSignals, 'announce'>,
  log: Log,
): () => Promise<void> {
  const stopping = new AbortController();
  let client: pg.Client | undefined;
  const listen = async (): Promise<void> => {
    const lost = Promise.withResolvers<void>();
    client = new pg.Client({ connectionString: databaseUrl, application_name: 'fettle runs', keepAlive: true });
    client.on('error', () => lost.resolve());
    client.on('end', () => lost.resolve());
    client.on('notification', () => signals.announce());
    await client.connect();
    await client.query(`LISTEN ${runsChannel}`);
    signals.announce();
    await lost.promise;
  };
  const work = (async () => {
    while (!stopping.signal.aborted) {
      await listen().catch((error: unknown) =>
        log.warn({ err: error }, 'Runs of other processes are not heard of at once'),
      );
      await pause(againMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    stopping.abort();
    await client?.end().catch(() => undefined);
    await work;
  };
}
