import { createClient } from '@redis/client';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect as connectNats } from '@nats-io/transport-node';
import { connect as connectAmqp } from 'amqplib';
import mqtt from 'mqtt';
import { randomText, type Json } from '@fettle/base';
import { findMqtt, findNats, findRabbit, findRedis, type DatabaseServer } from '@fettle/testing';

/** A queue, stream or topic of a real broker. */
export interface BrokerQueue {
  readonly server: DatabaseServer;
  /** Settings of the trigger, without those of the connection. */
  readonly settings: Readonly<Record<string, Json>>;
  /** Sends JSON bodies `{ id }`. Resolves when the broker has them. */
  send(ids: readonly string[]): Promise<void>;
  /** How many messages the broker has delivered without being acknowledged; undefined where it does not say. */
  unacknowledged(): Promise<number | undefined>;
  drop(): Promise<void>;
}

/** Makes a queue of one broker; undefined when there is none on this machine. */
export type MakeQueue = (name: string) => Promise<BrokerQueue | undefined>;

const makeRedis: MakeQueue = async (name) => {
  const server = await findRedis();
  if (server === undefined) return undefined;
  const client = createClient({ socket: { host: server.host, port: server.port } });
  await client.connect();
  const stream = `fettle_${randomText(8)}`;
  return {
    server,
    settings: { stream },
    send: async (ids) => {
      for (const id of ids) await client.xAdd(stream, '*', { body: JSON.stringify({ id }) });
    },
    unacknowledged: async () => (await client.xPending(stream, name)).pending,
    drop: async () => {
      await client.del(stream);
      client.destroy();
    },
  };
};

const makeNats: MakeQueue = async (name) => {
  const server = await findNats();
  if (server === undefined) return undefined;
  const client = await connectNats({ servers: `${server.host}:${server.port}` });
  const manager = await jetstreamManager(client);
  const stream = `FETTLE_${randomText(8)}`;
  await manager.streams.add({ name: stream, subjects: [`${stream}.>`] });
  return {
    server,
    settings: { stream, subject: `${stream}.orders.*` },
    send: async (ids) => {
      for (const id of ids) await manager.jetstream().publish(`${stream}.orders.eu`, JSON.stringify({ id }));
      await manager.jetstream().publish(`${stream}.other`, 'not wanted');
    },
    unacknowledged: async () => (await manager.consumers.info(stream, name)).num_ack_pending,
    drop: async () => {
      await manager.streams.delete(stream);
      await client.close();
    },
  };
};

const makeAmqp: MakeQueue = async () => {
  const server = await findRabbit();
  if (server === undefined) return undefined;
  const { host: hostname, port, user: username, password } = server;
  const client = await connectAmqp({ hostname, port, username, password });
  const channel = await client.createConfirmChannel();
  const queue = `fettle_${randomText(8)}`;
  const exchange = `${queue}_exchange`;
  await channel.assertExchange(exchange, 'topic', { autoDelete: true });
  return {
    server,
    settings: { queue, exchange, pattern: 'orders.*' },
    send: async (ids) => {
      for (const id of ids)
        channel.publish(exchange, 'orders.eu', Buffer.from(JSON.stringify({ id })), { messageId: id });
      channel.publish(exchange, 'other', Buffer.from('not wanted'));
      await channel.waitForConfirms();
    },
    unacknowledged: () => Promise.resolve(undefined),
    drop: async () => {
      await channel.deleteQueue(queue);
      await client.close();
    },
  };
};

const makeMqtt: MakeQueue = async () => {
  const server = await findMqtt();
  if (server === undefined) return undefined;
  const client = await mqtt.connectAsync({ host: server.host, port: server.port, protocolVersion: 5 });
  const topic = `fettle/${randomText(8)}`;
  return {
    server,
    settings: { topic: `${topic}/+` },
    send: async (ids) => {
      for (const id of ids) await client.publishAsync(`${topic}/eu`, JSON.stringify({ id }), { qos: 1 });
    },
    unacknowledged: () => Promise.resolve(undefined),
    drop: () => client.endAsync(),
  };
};

/** Every kind of broker, by the id of its trigger. */
export const brokers: Readonly<Record<string, MakeQueue>> = {
  'redis/stream-message': makeRedis,
  'nats/message': makeNats,
  'amqp/message': makeAmqp,
  'mqtt/message': makeMqtt,
};
