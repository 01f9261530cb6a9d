import { createHash, randomUUID } from 'node:crypto';
import mqtt, { type IPublishPacket, type MqttClient } from 'mqtt';
import { inputError, type Json } from '@fettle/base';
import type { FlowPeekContext, FlowSourceContext, FlowSourceImplementation } from '@fettle/sdk/server';
import { connectionError } from '../listening/connection-error.ts';
import { connectionOf, connectTimeoutMs } from '../listening/connection.ts';
import { bodyOf } from '../listening/message-data.ts';
import { requiredText } from '../required.ts';
import { mqttPorts } from './manifest.ts';

/** How long the broker keeps the session of a client that is away, in seconds. */
const sessionSeconds = 7 * 86_400;

/** Messages that were stored, and whose acknowledgement may not have reached the broker. */
interface Cursor {
  readonly open: readonly string[];
}

/** The broker sends no more than this many that are not acknowledged. */
const mostOpen = 20;
/** When nothing has come for so long, the broker is asked whether it has the acknowledgements, in milliseconds. */
const quietMs = 500;

/**
 * Subscribes as the one client of its name; the broker keeps its session, and ends an older connection of it. Messages
 * have no id of their own. They are stored one after the other; one that is sent again is told by its packet and content,
 * as long as its acknowledgement is not known to have arrived: packet numbers are used again after that.
 */
export const trigger: FlowSourceImplementation = {
  async run(context) {
    const { settings, signal } = context;
    const topic = requiredText(settings['topic'], 'Name the topic.');
    const client = await clientOf(context, { clientId: context.name, isKept: true });
    const failed = Promise.withResolvers<void>();
    failed.promise.catch(() => undefined);
    const fail = (error: unknown): void => failed.reject(error as Error);
    client.on('error', fail);
    client.on('close', () => fail(new TypeError('The connection was closed.')));
    client.on('disconnect', () => fail(new TypeError('The broker disconnected: the connection was closed.')));
    const stop = (): void => failed.resolve();
    signal.addEventListener('abort', stop, { once: true });
    let storing: Promise<void> = Promise.resolve();
    let quiet: NodeJS.Timeout | undefined;
    // The broker works off what it is sent in order: when it answers a ping, it has what was acknowledged before.
    const askBroker = (): void => {
      const { open } = openOf(context);
      if (open.length === 0) return;
      client.sendPing();
      client.once('packetreceive', ({ cmd }) => {
        if (cmd !== 'pingresp' || openOf(context).open !== open) return;
        context.deliver({ events: [], cursor: { open: [] } }).catch(fail);
      });
    };
    client.handleMessage = (packet, acknowledge) => {
      clearTimeout(quiet);
      storing = storeMessage(context, packet).then(() => {
        acknowledge();
        quiet = setTimeout(askBroker, quietMs);
      }, fail);
    };
    try {
      client.connect();
      await Promise.race([connected(client), failed.promise]);
      if (signal.aborted) return;
      await Promise.race([subscribe(client, topic, settings['retained'] === true), failed.promise]);
      context.connected();
      await failed.promise;
      await storing;
    } catch (error) {
      if (!signal.aborted) throw connectionError(error, 'the MQTT broker');
    } finally {
      clearTimeout(quiet);
      signal.removeEventListener('abort', stop);
      client.removeAllListeners('close');
      // Sends what was acknowledged; the broker keeps the session.
      await client.endAsync(!client.connected).catch(() => undefined);
    }
  },
  /**
   * A retained message, or the next one that comes: brokers keep no others. It looks as a client of its own that leaves no
   * session, so that the one at work misses nothing.
   */
  async peek(context) {
    const { settings, signal } = context;
    const topic = requiredText(settings['topic'], 'Name the topic.');
    const client = await clientOf(context, { clientId: `${context.name}-${randomUUID().slice(0, 8)}`, isKept: false });
    const found = Promise.withResolvers<Json | undefined>();
    found.promise.catch(() => undefined);
    client.on('error', (error) => found.reject(error));
    client.on('close', () => found.reject(new TypeError('The connection was closed.')));
    client.on('message', (_topic, _payload, packet) => found.resolve(triggerOf(context, packet)));
    // Nothing came: that is known only where something could have been heard.
    let isListening = false;
    const stop = (): void => (isListening ? found.resolve(undefined) : found.reject(signal.reason));
    signal.addEventListener('abort', stop, { once: true });
    try {
      client.connect();
      await Promise.race([connected(client), found.promise]);
      await Promise.race([subscribe(client, topic, true), found.promise]);
      isListening = true;
      return await found.promise;
    } catch (error) {
      signal.throwIfAborted();
      throw connectionError(error, 'the MQTT broker');
    } finally {
      signal.removeEventListener('abort', stop);
      client.removeAllListeners('close');
      await client.endAsync(true).catch(() => undefined);
    }
  },
};

async function clientOf(
  context: FlowPeekContext,
  { clientId, isKept }: { readonly clientId: string; readonly isKept: boolean },
): Promise<MqttClient> {
  const { address, port, tls, user, password } = await connectionOf(context, mqttPorts);
  const isNewest = context.settings['protocol'] !== '3.1.1';
  return mqtt.connect({
    protocol: tls === undefined ? 'mqtt' : 'mqtts',
    host: address,
    port,
    ...tls,
    clientId,
    clean: !isKept,
    manualConnect: true,
    // It is connected again from outside.
    reconnectPeriod: 0,
    resubscribe: false,
    connectTimeout: connectTimeoutMs,
    keepalive: 30,
    protocolVersion: isNewest ? 5 : 4,
    ...(isNewest
      ? { properties: { sessionExpiryInterval: isKept ? sessionSeconds : 0, receiveMaximum: mostOpen } }
      : {}),
    ...(user === undefined ? {} : { username: user }),
    ...(password === undefined ? {} : { password }),
  });
}

function connected(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once('connect', () => resolve()));
}

async function subscribe(client: MqttClient, topic: string, isRetainedWanted: boolean): Promise<void> {
  // Retained messages come once, with a subscription that is new, or never.
  const granted = await client.subscribeAsync(topic, { qos: 1, rh: isRetainedWanted ? 1 : 2 });
  if (granted.every(({ qos }) => qos < 128)) return;
  throw inputError({
    code: 'mqtt.topic',
    message: `The broker does not let this user read "${topic.slice(0, 100)}".`,
    hint: 'Check the topic and the rights of the user.',
  });
}

async function storeMessage(context: FlowSourceContext, packet: IPublishPacket): Promise<void> {
  const { retain, dup, qos, topic, messageId } = packet;
  if (retain && context.settings['retained'] !== true) return;
  const payload = payloadOf(packet);
  const hash = createHash('sha256').update(topic).update('\0').update(payload).digest('hex');
  const mark = `${messageId ?? ''} ${hash}`;
  const { open } = openOf(context);
  if (dup && qos > 0 && open.includes(mark)) return;
  await context.deliver({
    events: [
      {
        // A retained message comes again with each new session, being the same.
        key: retain ? `mqtt retained ${hash}` : `mqtt ${randomUUID()}`,
        trigger: triggerOf(context, packet),
      },
    ],
    ...(qos > 0 ? { cursor: { open: [...open, mark].slice(-mostOpen) } } : {}),
  });
}

function triggerOf({ now }: FlowPeekContext, packet: IPublishPacket): Json {
  const { topic, qos, retain } = packet;
  return {
    topic,
    ...bodyOf(payloadOf(packet)),
    qos,
    retained: retain,
    properties: propertiesOf(packet),
    at: new Date(now()).toISOString(),
  } as Json;
}

function payloadOf({ payload }: IPublishPacket): Buffer {
  return typeof payload === 'string' ? Buffer.from(payload) : payload;
}

function openOf(context: FlowSourceContext): Cursor {
  return (context.cursor() ?? none) as unknown as Cursor;
}

const none: Cursor = { open: [] };

function propertiesOf({ properties }: IPublishPacket): Json {
  const { contentType, responseTopic, correlationData, userProperties } = properties ?? {};
  return {
    ...(contentType === undefined ? {} : { contentType }),
    ...(responseTopic === undefined ? {} : { responseTopic }),
    ...(correlationData === undefined ? {} : { correlationData: Buffer.from(correlationData).toString('base64') }),
    ...(userProperties === undefined ? {} : { user: { ...userProperties } }),
  } as Json;
}
