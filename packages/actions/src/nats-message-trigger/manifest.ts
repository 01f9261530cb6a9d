import { choice, defineFlowTrigger, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { connectionSettings, prefetchSetting } from '../listening/connection-settings.ts';
import { bodySchema } from '../listening/message-data.ts';

/** The port that is used unless one is given. */
export const natsPorts = { port: 4222, encryptedPort: 4222 };

/** A message of a NATS JetStream stream, read by a durable consumer. */
export const natsMessageTriggerManifest = defineFlowTrigger({
  id: 'nats/message',
  version: 1,
  title: 'When a NATS message comes',
  description:
    'Reads a JetStream stream by a durable consumer. Messages are acknowledged once their runs are stored. Messages outside of streams are not kept by NATS and cannot be read.',
  icon: 'message-bolt',
  category: 'Messages',
  source: 'listen',
  summary: 'stream',
  keywords: ['nats', 'jetstream', 'queue', 'subject', 'message'],
  settings: Type.Object({
    stream: Type.Optional(
      setting(Type.String({ maxLength: 200 }), { title: 'Stream', ui: { bindable: false, placeholder: 'ORDERS' } }),
    ),
    subject: Type.Optional(
      setting(Type.String({ maxLength: 500 }), {
        title: 'Only of this subject',
        description: 'All of the stream unless given. May have * and >.',
        ui: { bindable: false, placeholder: 'orders.paid.*' },
      }),
    ),
    ...connectionSettings(natsPorts),
    consumer: Type.Optional(
      setting(Type.String({ maxLength: 200, pattern: '^[A-Za-z0-9_-]*$' }), {
        title: 'Durable consumer',
        description: 'One of its own for this flow unless given. It is made when it is not there.',
        ui: { bindable: false, advanced: true },
      }),
    ),
    begin: Type.Optional(
      choice(['now', 'all'], {
        title: 'A consumer that is made begins',
        default: 'now',
        labels: { now: 'With new messages', all: 'With all there are' },
        ui: { editor: 'segmented', bindable: false, advanced: true },
      }),
    ),
    prefetch: prefetchSetting(),
  }),
  needed: ['stream', 'host'],
  payload: Type.Object({
    stream: Type.String(),
    subject: Type.String(),
    sequence: Type.Integer(),
    ...bodySchema,
    headers: Type.Record(Type.String(), Type.String()),
    /** ISO 8601 in UTC: when the stream took it. */
    at: Type.String(),
  }),
  sample: {
    stream: 'ORDERS',
    subject: 'orders.paid.eu',
    sequence: 1042,
    data: { id: 1042 },
    text: '{"id":1042}',
    headers: {},
    at: '2030-01-31T09:00:00.000Z',
  },
});
