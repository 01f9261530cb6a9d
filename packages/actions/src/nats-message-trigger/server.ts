import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  type ConsumerMessages,
  type JetStreamManager,
  type JsMsg,
} from '@nats-io/jetstream';
import { connect, nanos, type NatsConnection, type TlsOptions } from '@nats-io/transport-node';
import { inputError, type Json } from '@fettle/base';
import type { FlowPeekContext, FlowSourceContext, FlowSourceImplementation } from '@fettle/sdk/server';
import { createBatches, type PushedEvent } from '../listening/batches.ts';
import { connectionError } from '../listening/connection-error.ts';
import { connectionOf, connectTimeoutMs } from '../listening/connection.ts';
import { bodyOf } from '../listening/message-data.ts';
import { optionalText, requiredText } from '../required.ts';
import { natsPorts } from './manifest.ts';

/** A message that is not acknowledged is sent again after so long, in milliseconds. */
const acknowledgeMs = 30_000;

/** Pulls by a durable consumer; a message's place in its stream tells doubles. */
export const trigger: FlowSourceImplementation = {
  async run(context) {
    const { settings, signal } = context;
    const stream = requiredText(settings['stream'], 'Name the stream.');
    let connection: NatsConnection | undefined;
    let messages: ConsumerMessages | undefined;
    const back: JsMsg[] = [];
    try {
      connection = await connectTo(context);
      const manager = await jetstreamManager(connection);
      const { created } = await manager.streams.info(stream);
      const consumer = await ensureConsumer(context, manager, stream);
      messages = await (
        await jetstream(connection).consumers.get(stream, consumer)
      ).consume({
        max_messages: Number(settings['prefetch']),
        abort_on_missing_resource: true,
      });
      const batches = createBatches(context);
      const reading = read(messages, (message) =>
        batches.add({ ...eventOf(message, created), giveBack: () => void back.push(message) }),
      );
      const closed = connection.closed().then((error) => {
        throw error instanceof Error ? error : new TypeError('The connection was closed.');
      });
      for (const one of [reading, closed]) one.catch(() => undefined);
      context.connected();
      await Promise.race([reading.then(() => closed), closed, batches.ended]);
      await batches.settled();
    } catch (error) {
      if (!signal.aborted) throw translated(error, stream);
    } finally {
      // What is given back must not come back to whoever leaves: it asks for no more first.
      messages?.stop();
      await connection?.flush().catch(() => undefined);
      for (const message of back) message.nak();
      await connection?.flush().catch(() => undefined);
      await connection?.close().catch(() => undefined);
    }
  },
  /** The newest message of the stream, read past all consumers. */
  async peek(context) {
    const { settings, signal } = context;
    const stream = requiredText(settings['stream'], 'Name the stream.');
    let connection: NatsConnection | undefined;
    const stop = (): void => void connection?.close().catch(() => undefined);
    signal.addEventListener('abort', stop, { once: true });
    try {
      connection = await connectTo(context);
      const manager = await jetstreamManager(connection);
      const subject = optionalText(settings['subject']) ?? '>';
      const found = await manager.streams.getMessage(stream, { last_by_subj: subject });
      if (found === null) return undefined;
      const { subject: at, seq: sequence, data, header: headers, time } = found;
      return triggerOf(stream, { subject: at, sequence, data, headers, time });
    } catch (error) {
      signal.throwIfAborted();
      // There is no such message.
      if (error instanceof JetStreamApiError && error.code === 10_037) return undefined;
      throw translated(error, stream);
    } finally {
      signal.removeEventListener('abort', stop);
      await connection?.close().catch(() => undefined);
    }
  },
};

async function read(messages: ConsumerMessages, add: (message: JsMsg) => void): Promise<void> {
  for await (const message of messages) add(message);
}

async function connectTo(context: FlowPeekContext): Promise<NatsConnection> {
  const { address, port, tls, user, password } = await connectionOf(context, natsPorts);
  return connect({
    servers: `${address.includes(':') ? `[${address}]` : address}:${port}`,
    name: context.name,
    timeout: connectTimeoutMs,
    pingInterval: 20_000,
    // It is connected again from outside; and to no server that another one names.
    reconnect: false,
    ignoreClusterUpdates: true,
    tls: (tls ?? null) as TlsOptions | null,
    ...(user === undefined ? (password === undefined ? {} : { token: password }) : { user, pass: password ?? '' }),
  });
}

/** The durable consumer. One that somebody named is taken as it is; one of ours follows the settings. */
async function ensureConsumer(
  { settings, name }: FlowSourceContext,
  manager: JetStreamManager,
  stream: string,
): Promise<string> {
  const given = optionalText(settings['consumer']);
  const durable = given ?? name;
  const subject = optionalText(settings['subject']);
  const filter = subject === undefined ? {} : { filter_subject: subject };
  const known = await manager.consumers.info(stream, durable).catch((error: unknown) => {
    if (error instanceof JetStreamApiError && error.code === 10_014) return undefined;
    throw error;
  });
  if (known === undefined) {
    await manager.consumers.add(stream, {
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(acknowledgeMs),
      deliver_policy: settings['begin'] === 'all' ? DeliverPolicy.All : DeliverPolicy.New,
      max_ack_pending: 1_000,
      ...filter,
    });
    return durable;
  }
  if (known.config.ack_policy !== AckPolicy.Explicit)
    throw inputError({
      code: 'nats.consumer',
      message: `The consumer "${durable}" does not ask for acknowledgements.`,
      hint: 'Name one with explicit acknowledgement, or none: then one is made.',
    });
  if (given === undefined && known.config.filter_subject !== subject)
    await manager.consumers.update(stream, durable, { filter_subject: subject ?? '' });
  return durable;
}

function eventOf(message: JsMsg, created: string): PushedEvent {
  const { stream, streamSequence: sequence } = message.info;
  const { subject, data, headers, time } = message;
  return {
    // A stream that is made anew under its name counts from one again.
    key: `nats ${stream} ${created} ${sequence}`,
    trigger: triggerOf(stream, { subject, sequence, data, headers, time }),
    acknowledge: () => message.ack(),
  };
}

function triggerOf(
  stream: string,
  message: Pick<JsMsg, 'subject' | 'data' | 'headers' | 'time'> & { readonly sequence: number },
): Json {
  const headers: Record<string, string> = {};
  for (const [name, values] of message.headers ?? []) headers[name] = values.join(', ');
  const { subject, sequence, data, time } = message;
  return { stream, subject, sequence, ...bodyOf(data), headers, at: time.toISOString() } as Json;
}

function translated(error: unknown, stream: string): Error {
  if (error instanceof JetStreamApiError && error.code === 10_059)
    return inputError({
      code: 'nats.stream',
      message: `There is no stream "${stream.slice(0, 100)}".`,
      hint: 'Check its name and the account of the user. Streams are made in NATS, not here.',
    });
  return connectionError(error, 'NATS');
}
