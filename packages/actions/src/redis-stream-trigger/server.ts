import { createClient } from '@redis/client';
import type { Json } from '@fettle/base';
import type { FlowPeekContext, FlowSourceImplementation, SourceEvent } from '@fettle/sdk/server';
import { connectionError } from '../listening/connection-error.ts';
import { connectionOf, connectTimeoutMs } from '../listening/connection.ts';
import { dataOf } from '../listening/message-data.ts';
import { optionalText, requiredText } from '../required.ts';
import { redisPorts } from './manifest.ts';

/** How long a read waits for entries, in milliseconds. */
const blockMs = 5_000;

interface Entry {
  readonly id: string;
  /** Null: it was read before, never acknowledged, and has been deleted from the stream since. */
  readonly message: Readonly<Record<string, string>> | null;
}

/**
 * Reads as the one consumer of its name, whichever process that is: first what was read and never acknowledged, by
 * whoever died, then what is new.
 */
export const trigger: FlowSourceImplementation = {
  async run(context) {
    const { settings, signal } = context;
    const stream = requiredText(settings['stream'], 'Name the stream.');
    const client = await clientOf(context);
    let isReading = false;
    let failure: unknown;
    client.on('error', (error: unknown) => (failure ??= error));
    // A read that waits would keep the end waiting; what is being stored is not interrupted.
    const stop = (): void => {
      if (isReading) client.destroy();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      await client.connect();
      const group = optionalText(settings['group']) ?? context.name;
      await client
        .xGroupCreate(stream, group, settings['begin'] === 'all' ? '0' : '$', { MKSTREAM: true })
        .catch((error: unknown) => {
          if (!String(error).includes('BUSYGROUP')) throw error;
        });
      context.connected();
      let from = '0';
      while (!signal.aborted) {
        isReading = true;
        const reply = await client.xReadGroup(
          group,
          context.name,
          { key: stream, id: from },
          { COUNT: Number(settings['prefetch']), BLOCK: blockMs },
        );
        isReading = false;
        const entries = entriesOf(reply);
        if (from !== '>') from = entries.at(-1)?.id ?? '>';
        if (entries.length === 0) continue;
        const events = entries.flatMap((entry) => eventOf(stream, entry));
        const last = entries.at(-1)?.id ?? '';
        if (events.length > 0) await context.deliver({ events, position: `entry ${last}` });
        await client.xAck(
          stream,
          group,
          entries.map(({ id }) => id),
        );
      }
    } catch (error) {
      if (!signal.aborted) throw connectionError(failure ?? error, 'Redis');
    } finally {
      signal.removeEventListener('abort', stop);
      if (client.isOpen) client.destroy();
    }
  },
  /** The newest entry, read past all groups. */
  async peek(context) {
    const { settings, signal } = context;
    const stream = requiredText(settings['stream'], 'Name the stream.');
    const client = await clientOf(context);
    let failure: unknown;
    client.on('error', (error: unknown) => (failure ??= error));
    const stop = (): void => client.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await client.connect();
      const entry = (await client.xRevRange(stream, '+', '-', { COUNT: 1 }))?.[0];
      return entry === undefined ? undefined : eventOf(stream, entry)[0]?.trigger;
    } catch (error) {
      signal.throwIfAborted();
      throw connectionError(failure ?? error, 'Redis');
    } finally {
      signal.removeEventListener('abort', stop);
      if (client.isOpen) client.destroy();
    }
  },
};

async function clientOf(context: FlowPeekContext) {
  const { address, port, tls, user, password } = await connectionOf(context, redisPorts);
  const socket = { host: address, port, connectTimeout: connectTimeoutMs, reconnectStrategy: false as const };
  return createClient({
    socket: tls === undefined ? socket : { ...socket, ...tls, tls: true },
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
    database: Number(context.settings['database'] ?? 0),
    name: context.name,
    pingInterval: 20_000,
  });
}

function entriesOf(reply: unknown): readonly Entry[] {
  return Array.isArray(reply) ? (reply as { messages: Entry[] }[]).flatMap(({ messages }) => messages) : [];
}

function eventOf(stream: string, { id, message }: Entry): readonly SourceEvent[] {
  if (message === null) return [];
  const fields = { ...message };
  const data = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, dataOf(value)]));
  const at = new Date(Number(id.split('-')[0])).toISOString();
  return [{ key: `redis ${stream} ${id}`, trigger: { stream, id, fields, data, at } as Json }];
}
