import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { upstreamError } from '@fettle/base';
import type { NoticesCapability } from '@fettle/sdk/server';
import { postgresDialect } from './dialect.ts';
import { translatePostgresError } from './errors.ts';

type Options = Parameters<NoticesCapability['listen']>[1];

/** A connection that says nothing is asked whether it is still there this often, in milliseconds. */
const askMs = 20_000;
const answerMs = 10_000;

/**
 * Listens on a channel, with a connection of its own for each listener: those of the pool go from hand to hand. A
 * connection that died without a word is noticed by asking.
 */
export class PostgresNotices implements NoticesCapability {
  readonly #connect: () => Promise<pg.Client>;
  readonly #closers = new Set<() => void>();

  constructor(connect: () => Promise<pg.Client>) {
    this.#connect = connect;
  }

  async listen(channel: string, { signal, onListening, onNotice }: Options): Promise<void> {
    signal.throwIfAborted();
    const client = await this.#connect();
    const over = Promise.withResolvers<void>();
    const leave = (): void => over.resolve();
    const lose = (error?: unknown): void => over.reject(error === undefined ? lost() : translatePostgresError(error));
    const close = (): void => lose();
    const asking = new AbortController();
    client.on('error', lose);
    client.on('end', close);
    client.on('notification', (notice) => {
      if (notice.channel === channel) onNotice(notice.payload ?? '');
    });
    signal.addEventListener('abort', leave, { once: true });
    this.#closers.add(close);
    // Whatever ends it is heard below; until then nobody else need hear of it.
    over.promise.catch(() => undefined);
    try {
      // What is not a value cannot be a parameter: the name is quoted as every name is.
      await client.query(`listen ${postgresDialect.quote(channel)}`);
      onListening();
      void askAgain(client, asking.signal, lose);
      await over.promise;
    } catch (error) {
      throw translatePostgresError(error);
    } finally {
      asking.abort();
      this.#closers.delete(close);
      signal.removeEventListener('abort', leave);
      client.removeListener('end', close);
      await client.end().catch(() => undefined);
    }
  }

  /** Ends all that listen, with an error: the session is closed. */
  close(): void {
    for (const close of this.#closers) close();
  }
}

async function askAgain(client: pg.Client, signal: AbortSignal, lose: (error?: unknown) => void): Promise<void> {
  try {
    while (!signal.aborted) {
      await pause(askMs, undefined, { signal, ref: false });
      const late = pause(answerMs, 'late' as const, { signal, ref: false });
      const answer = await Promise.race([client.query('select 1'), late]);
      if (answer === 'late') lose();
    }
  } catch (error) {
    if (!signal.aborted) lose(error);
  }
}

const lost = () =>
  upstreamError({
    code: 'data.connection-lost',
    message: 'The connection to PostgreSQL was cut.',
    hint: 'It is made again by itself. What is sent meanwhile is not heard.',
  });
