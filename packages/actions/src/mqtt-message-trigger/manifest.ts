import { choice, defineFlowTrigger, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { connectionSettings } from '../listening/connection-settings.ts';
import { bodySchema } from '../listening/message-data.ts';

/** Ports that are used unless one is given. */
export const mqttPorts = { port: 1883, encryptedPort: 8883 };

/** A message of an MQTT broker, by a session that the broker keeps. */
export const mqttMessageTriggerManifest = defineFlowTrigger({
  id: 'mqtt/message',
  version: 1,
  title: 'When an MQTT message comes',
  description:
    'Subscribes to a topic with a session that the broker keeps. Messages of QoS 1 and 2 are acknowledged once their runs are stored; those of QoS 0 are lost while nobody listens.',
  icon: 'antenna',
  category: 'Messages',
  source: 'listen',
  summary: 'topic',
  keywords: ['mqtt', 'iot', 'sensor', 'topic', 'mosquitto', 'message'],
  settings: Type.Object({
    topic: Type.Optional(
      setting(Type.String({ maxLength: 1000 }), {
        title: 'Topic',
        description: 'May have + and #.',
        ui: { bindable: false, placeholder: 'plant/+/alarm' },
      }),
    ),
    ...connectionSettings(mqttPorts),
    retained: Type.Optional(
      setting(Type.Boolean(), {
        title: 'Retained messages, too',
        description: 'The last message of a topic that the broker kept from before.',
        default: false,
        ui: { bindable: false, advanced: true },
      }),
    ),
    protocol: Type.Optional(
      choice(['5', '3.1.1'], {
        title: 'Version of MQTT',
        default: '5',
        labels: { '5': '5', '3.1.1': '3.1.1' },
        ui: { editor: 'segmented', bindable: false, advanced: true, section: 'Connection' },
      }),
    ),
  }),
  needed: ['topic', 'host'],
  payload: Type.Object({
    topic: Type.String(),
    ...bodySchema,
    qos: Type.Integer(),
    retained: Type.Boolean(),
    /** Properties that the sender gave (MQTT 5). */
    properties: Type.Record(Type.String(), Type.Unknown()),
    /** ISO 8601 in UTC: when it came. */
    at: Type.String(),
  }),
  sample: {
    topic: 'plant/7/alarm',
    data: { celsius: 91 },
    text: '{"celsius":91}',
    qos: 1,
    retained: false,
    properties: {},
    at: '2030-01-31T09:00:00.000Z',
  },
});
