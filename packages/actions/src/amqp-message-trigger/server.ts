import { randomUUID } from 'node:crypto';
import { connect, type ChannelModel, type ConsumeMessage } from 'amqplib';
import { inputError, type Json } from '@fettle/base';
import type { FlowPeekContext, FlowSourceContext, FlowSourceImplementation, SourceEvent } from '@fettle/sdk/server';
import { createBatches } from '../listening/batches.ts';
import { connectionError } from '../listening/connection-error.ts';
import { connectionOf, connectTimeoutMs } from '../listening/connection.ts';
import { bodyOf, memberOf } from '../listening/message-data.ts';
import { optionalText, requiredText } from '../required.ts';
import { amqpPorts } from './manifest.ts';

/** Consumes a queue; what is not acknowledged goes back to it when the connection ends. */
export const trigger: FlowSourceImplementation = {
  async run(context) {
    const { settings, signal } = context;
    const queue = requiredText(settings['queue'], 'Name the queue.');
    let connection: ChannelModel | undefined;
    try {
      connection = await connectTo(context);
      const lost = lossOf(connection);
      await Promise.race([ensureQueue(context, connection, queue), lost]);
      const channel = await connection.createChannel();
      const broken = new Promise<never>((_, reject) => {
        channel.on('error', reject);
        channel.on('close', () => reject(new TypeError('The channel was closed.')));
      });
      broken.catch(() => undefined);
      await channel.prefetch(Number(settings['prefetch']));
      const batches = createBatches(context);
      const cancelled = Promise.withResolvers<never>();
      cancelled.promise.catch(() => undefined);
      const { consumerTag } = await channel.consume(queue, (message) => {
        if (message === null) cancelled.reject(missing(queue));
        else batches.add({ ...eventOf(context, queue, message), acknowledge: () => channel.ack(message) });
      });
      context.connected();
      await Promise.race([batches.ended, lost, broken, cancelled.promise]);
      await channel.cancel(consumerTag);
      await batches.settled();
      // Closing flushes what was acknowledged.
      await channel.close();
    } catch (error) {
      if (!signal.aborted) throw translated(error, queue);
    } finally {
      await connection?.close().catch(() => undefined);
    }
  },
  /**
   * The message that waits first. It is asked for and given back to its place: the broker marks it as sent before, there
   * is no other way to see one. A queue that would be made when the flow goes live is not made by looking.
   */
  async peek(context) {
    const { settings, signal } = context;
    const queue = requiredText(settings['queue'], 'Name the queue.');
    let connection: ChannelModel | undefined;
    try {
      connection = await connectTo(context);
      const lost = lossOf(connection);
      const looking = waitingFirst(context, connection, queue);
      const stopped = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
      stopped.catch(() => undefined);
      return await Promise.race([looking, lost, stopped]);
    } catch (error) {
      signal.throwIfAborted();
      if (optionalText(settings['exchange']) !== undefined && (error as { code?: unknown }).code === 404)
        return undefined;
      throw translated(error, queue);
    } finally {
      await connection?.close().catch(() => undefined);
    }
  },
};

async function waitingFirst(
  context: FlowPeekContext,
  connection: ChannelModel,
  queue: string,
): Promise<Json | undefined> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  const message = await channel.get(queue, { noAck: false });
  if (message === false) return undefined;
  channel.nack(message, false, true);
  // Closing waits until the broker has it back.
  await channel.close();
  return triggerOf(context, queue, message);
}

async function connectTo(context: FlowPeekContext): Promise<ChannelModel> {
  const { address, port, tls, user, password } = await connectionOf(context, amqpPorts);
  return connect(
    {
      protocol: tls === undefined ? 'amqp' : 'amqps',
      hostname: address,
      port,
      username: user ?? '',
      password: password ?? '',
      vhost: String(context.settings['virtualHost'] ?? '/'),
      heartbeat: 20,
    },
    {
      ...tls,
      timeout: connectTimeoutMs,
      keepAlive: true,
      clientProperties: { connection_name: context.name },
    },
  );
}

function lossOf(connection: ChannelModel): Promise<never> {
  const lost = new Promise<never>((_, reject) => {
    connection.on('error', reject);
    connection.on('close', (error?: Error) => reject(error ?? new TypeError('The connection was closed.')));
  });
  lost.catch(() => undefined);
  return lost;
}

/** Makes and binds the queue where an exchange is named. A queue that is there keeps its kind. */
async function ensureQueue({ settings }: FlowSourceContext, connection: ChannelModel, queue: string): Promise<void> {
  const exchange = optionalText(settings['exchange']);
  const isThere = await hasQueue(connection, queue);
  if (exchange === undefined) {
    if (!isThere) throw missing(queue);
    return;
  }
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  if (!isThere) await channel.assertQueue(queue, { durable: true });
  await channel.bindQueue(queue, exchange, optionalText(settings['pattern']) ?? '#');
  await channel.close();
}

/** Asking for a queue that is not there ends the channel: it is asked on one of its own. */
async function hasQueue(connection: ChannelModel, queue: string): Promise<boolean> {
  const channel = await connection.createChannel();
  channel.on('error', () => undefined);
  try {
    await channel.checkQueue(queue);
    await channel.close();
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 404) return false;
    throw error;
  }
}

function eventOf(context: FlowSourceContext, queue: string, message: ConsumeMessage): SourceEvent {
  const { properties, content } = message;
  const { settings } = context;
  const body = bodyOf(content);
  const path = optionalText(settings['keyField']);
  const messageId = textOf(properties.messageId);
  const id = (path === undefined ? undefined : memberOf(body['data'] ?? null, path)) ?? messageId ?? randomUUID();
  return { key: `amqp ${queue} ${id}`, trigger: triggerOf(context, queue, message) };
}

type SeenMessage = Pick<ConsumeMessage, 'properties' | 'content'> & {
  readonly fields: Pick<ConsumeMessage['fields'], 'exchange' | 'routingKey' | 'redelivered'>;
};

function triggerOf({ now }: FlowPeekContext, queue: string, { fields, properties, content }: SeenMessage): Json {
  return {
    queue,
    exchange: fields.exchange,
    routingKey: fields.routingKey,
    ...bodyOf(content),
    messageId: textOf(properties.messageId),
    correlationId: textOf(properties.correlationId),
    replyTo: textOf(properties.replyTo),
    contentType: textOf(properties.contentType),
    headers: plain(properties.headers),
    redelivered: fields.redelivered,
    at: new Date(now()).toISOString(),
  } as Json;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Headers may hold what JSON has not: bytes and big numbers. */
function plain(headers: unknown): Json {
  return JSON.parse(
    JSON.stringify(headers ?? {}, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  ) as Json;
}

const missing = (queue: string) =>
  inputError({
    code: 'amqp.queue',
    message: `There is no queue "${queue.slice(0, 100)}".`,
    hint: 'Make it in the broker, or name an exchange: then it is made and bound.',
  });

function translated(error: unknown, queue: string): Error {
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 403) return connectionError(new TypeError('ACCESS REFUSED for the queue'), 'the AMQP broker');
  return code === 404 ? missing(queue) : connectionError(error, 'the AMQP broker');
}
