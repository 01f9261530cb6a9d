import { choice, defineFlowTrigger, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { connectionSettings, prefetchSetting } from '../listening/connection-settings.ts';

/** Ports that are used unless one is given. */
export const redisPorts = { port: 6379, encryptedPort: 6380 };

/** An entry of a Redis stream, read as a member of a consumer group. */
export const redisStreamTriggerManifest = defineFlowTrigger({
  id: 'redis/stream-message',
  version: 1,
  title: 'When an entry comes in a Redis stream',
  description: 'Reads a Redis stream in a consumer group. Entries are acknowledged once their runs are stored.',
  icon: 'stack-push',
  category: 'Messages',
  source: 'listen',
  summary: 'stream',
  keywords: ['redis', 'stream', 'valkey', 'queue', 'message', 'xadd'],
  settings: Type.Object({
    stream: Type.Optional(
      setting(Type.String({ maxLength: 500 }), {
        title: 'Stream',
        ui: { bindable: false, placeholder: 'orders' },
      }),
    ),
    ...connectionSettings(redisPorts),
    database: Type.Optional(
      setting(Type.Integer({ minimum: 0, maximum: 10_000 }), {
        title: 'Database number',
        default: 0,
        ui: { bindable: false, advanced: true, section: 'Connection' },
      }),
    ),
    group: Type.Optional(
      setting(Type.String({ maxLength: 200 }), {
        title: 'Consumer group',
        description: 'One of its own for this flow unless given. It is made when it is not there.',
        ui: { bindable: false, advanced: true },
      }),
    ),
    begin: Type.Optional(
      choice(['now', 'all'], {
        title: 'A group that is made begins',
        default: 'now',
        labels: { now: 'With new entries', all: 'With all there are' },
        ui: { editor: 'segmented', bindable: false, advanced: true },
      }),
    ),
    prefetch: prefetchSetting(),
  }),
  needed: ['stream', 'host'],
  payload: Type.Object({
    stream: Type.String(),
    id: Type.String(),
    fields: Type.Record(Type.String(), Type.String()),
    /** The fields, each as JSON where it is JSON. */
    data: Type.Record(Type.String(), Type.Unknown()),
    /** ISO 8601 in UTC: when it was added, as its id says. */
    at: Type.String(),
  }),
  sample: {
    stream: 'orders',
    id: '1895821200000-0',
    fields: { order: '{"id":1042}', state: 'paid' },
    data: { order: { id: 1042 }, state: 'paid' },
    at: '2030-01-28T09:00:00.000Z',
  },
});
