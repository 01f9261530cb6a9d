import { defineFlowTrigger, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** A database sends a notice: `NOTIFY` of PostgreSQL. */
export const databaseNoticeTriggerManifest = defineFlowTrigger({
  id: 'core/database-notice',
  version: 1,
  title: 'When a database sends a notice',
  description:
    'Listens on a channel of PostgreSQL (NOTIFY). Notices that are sent while nobody listens are lost: PostgreSQL keeps none.',
  icon: 'bell-ringing',
  category: 'Data',
  source: 'listen',
  summary: 'channel',
  keywords: ['listen', 'notify', 'postgres', 'postgresql', 'pg_notify', 'channel'],
  settings: Type.Object({
    dataSource: Type.Optional(
      setting(Type.String({ maxLength: 64 }), {
        title: 'Data source',
        description: 'A PostgreSQL database, connected to directly: poolers that share connections pass no notices on.',
        ui: { editor: 'dataSource', bindable: false },
      }),
    ),
    channel: Type.Optional(
      setting(Type.String({ maxLength: 63 }), {
        title: 'Channel',
        description: 'As in NOTIFY: in lower case, unless its name is quoted there.',
        ui: { bindable: false, placeholder: 'orders' },
      }),
    ),
  }),
  needed: ['dataSource', 'channel'],
  payload: Type.Object({
    channel: Type.String(),
    /** What was sent: as JSON where it is JSON, else as text. */
    data: Type.Unknown(),
    text: Type.String(),
    /** ISO 8601 in UTC: when it was heard. */
    at: Type.String(),
  }),
  sample: {
    channel: 'orders',
    data: { id: 1042, state: 'paid' },
    text: '{"id":1042,"state":"paid"}',
    at: '2030-01-31T09:00:00.000Z',
  },
});
