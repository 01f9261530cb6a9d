import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../../log.ts';

/** A lost connection is made again after so long, in milliseconds. Workers look by themselves meanwhile. */
const againMs = 2_000;

/**
 * Listens on PostgreSQL for what other processes do, by channel. Everything may have happened while nobody listened:
 * all are called when the connection is made. Answers how to stop.
 */
export function listenToProcesses(
  databaseUrl: string,
  channels: Readonly<Record<string, (payload?: string) => void>>,
  log: Log,
): () => Promise<void> {
  const stopping = new AbortController();
  let client: pg.Client | undefined;
  const listen = async (): Promise<void> => {
    const lost = Promise.withResolvers<void>();
    client = new pg.Client({ connectionString: databaseUrl, application_name: 'fettle notices', keepAlive: true });
    client.on('error', () => lost.resolve());
    client.on('end', () => lost.resolve());
    client.on('notification', ({ channel, payload }) => channels[channel]?.(payload));
    await client.connect();
    for (const channel of Object.keys(channels)) await client.query(`LISTEN ${channel}`);
    for (const noticed of Object.values(channels)) noticed();
    await lost.promise;
  };
  const work = (async () => {
    while (!stopping.signal.aborted) {
      await listen().catch((error: unknown) =>
        log.warn({ err: error }, 'What other processes do is not heard of at once'),
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
