import { findServer, type DatabaseServer } from './database-servers.ts';

/** Redis for tests: FETTLE_TEST_REDIS_URL, else the usual local port, else undefined. */
export function findRedis(): Promise<DatabaseServer | undefined> {
  return findServer('FETTLE_TEST_REDIS_URL', { host: '127.0.0.1', port: 6379, user: '', password: '' });
}

/** NATS with JetStream for tests: FETTLE_TEST_NATS_URL, else the usual local port, else undefined. */
export function findNats(): Promise<DatabaseServer | undefined> {
  return findServer('FETTLE_TEST_NATS_URL', { host: '127.0.0.1', port: 4222, user: '', password: '' });
}

/** RabbitMQ for tests: FETTLE_TEST_AMQP_URL, else the usual local port and account, else undefined. */
export function findRabbit(): Promise<DatabaseServer | undefined> {
  return findServer('FETTLE_TEST_AMQP_URL', { host: '127.0.0.1', port: 5672, user: 'guest', password: 'guest' });
}

/** An MQTT broker for tests: FETTLE_TEST_MQTT_URL, else the usual local port, else undefined. */
export function findMqtt(): Promise<DatabaseServer | undefined> {
  return findServer('FETTLE_TEST_MQTT_URL', { host: '127.0.0.1', port: 1883, user: '', password: '' });
}
