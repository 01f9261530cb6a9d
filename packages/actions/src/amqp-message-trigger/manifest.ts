import { defineFlowTrigger, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { connectionSettings, prefetchSetting } from '../listening/connection-settings.ts';
import { bodySchema } from '../listening/message-data.ts';

/** Ports that are used unless one is given. */
export const amqpPorts = { port: 5672, encryptedPort: 5671 };

/** A message of an AMQP 0-9-1 queue: RabbitMQ and its kin. */
export const amqpMessageTriggerManifest = defineFlowTrigger({
  id: 'amqp/message',
  version: 1,
  title: 'When an AMQP message comes',
  description:
    'Consumes a queue of RabbitMQ (AMQP 0-9-1). Messages are acknowledged once their runs are stored, so each starts the flow at least once. One that comes again starts nothing when it can be told: by a field of its body, or else by its message id. A message with neither starts the flow each time it comes, which is twice when the connection breaks before it is acknowledged.',
  icon: 'mailbox',
  category: 'Messages',
  source: 'listen',
  summary: 'queue',
  keywords: ['amqp', 'rabbitmq', 'queue', 'exchange', 'message', 'lavinmq'],
  settings: Type.Object({
    queue: Type.Optional(
      setting(Type.String({ maxLength: 255 }), { title: 'Queue', ui: { bindable: false, placeholder: 'orders' } }),
    ),
    exchange: Type.Optional(
      setting(Type.String({ maxLength: 255 }), {
        title: 'Bound to this exchange',
        description: 'When given, the queue is made (durable) unless it is there, and bound. Else it must be there.',
        ui: { bindable: false },
      }),
    ),
    pattern: Type.Optional(
      setting(Type.String({ maxLength: 255 }), {
        title: 'Routing key',
        default: '#',
        ui: { bindable: false },
      }),
    ),
    ...connectionSettings(amqpPorts),
    virtualHost: Type.Optional(
      setting(Type.String({ maxLength: 255 }), {
        title: 'Virtual host',
        default: '/',
        ui: { bindable: false, advanced: true, section: 'Connection' },
      }),
    ),
    keyField: Type.Optional(
      setting(Type.String({ maxLength: 200 }), {
        title: 'Field that tells doubles',
        description:
          'Of a JSON body, such as order.id: two messages with the same value start the flow once. Empty: the message id that the sender gives.',
        ui: { bindable: false },
      }),
    ),
    prefetch: prefetchSetting(),
  }),
  needed: ['queue', 'host'],
  payload: Type.Object({
    queue: Type.String(),
    exchange: Type.String(),
    routingKey: Type.String(),
    ...bodySchema,
    /** As the sender gave it; null when it gave none. */
    messageId: Type.Union([Type.String(), Type.Null()]),
    correlationId: Type.Union([Type.String(), Type.Null()]),
    replyTo: Type.Union([Type.String(), Type.Null()]),
    contentType: Type.Union([Type.String(), Type.Null()]),
    headers: Type.Record(Type.String(), Type.Unknown()),
    /** It was sent before, and not acknowledged. */
    redelivered: Type.Boolean(),
    /** ISO 8601 in UTC: when it came. */
    at: Type.String(),
  }),
  sample: {
    queue: 'orders',
    exchange: 'shop',
    routingKey: 'order.paid',
    data: { id: 1042 },
    text: '{"id":1042}',
    messageId: 'm-1',
    correlationId: null,
    replyTo: null,
    contentType: 'application/json',
    headers: {},
    redelivered: false,
    at: '2030-01-31T09:00:00.000Z',
  },
});
