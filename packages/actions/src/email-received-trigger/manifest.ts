import { defineFlowTrigger, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { connectionSettings } from '../listening/connection-settings.ts';

/** Ports that are used unless one is given. */
export const imapPorts = { port: 143, encryptedPort: 993 };

const person = Type.Object({ name: Type.String(), address: Type.String() });
const people = Type.Array(person);
const maybe = Type.Union([Type.String(), Type.Null()]);

/** A message arrives in a mailbox, looked at by IMAP. */
export const emailReceivedTriggerManifest = defineFlowTrigger({
  id: 'core/email-received',
  version: 1,
  title: 'When an e-mail arrives',
  description: 'Watches a mailbox by IMAP and starts the flow once for each message that arrives there.',
  icon: 'mail',
  category: 'Messages',
  source: 'listen',
  summary: 'mailbox',
  keywords: ['imap', 'mail', 'inbox', 'email', 'received', 'attachment'],
  settings: Type.Object({
    ...connectionSettings({ ...imapPorts, startTls: true }),
    mailbox: Type.Optional(
      setting(Type.String({ maxLength: 500 }), {
        title: 'Folder',
        default: 'INBOX',
        ui: { bindable: false, section: 'Messages' },
      }),
    ),
    markSeen: Type.Optional(
      setting(Type.Boolean(), {
        title: 'Mark them as read',
        description: 'Once the flow is started.',
        default: false,
        ui: { bindable: false, section: 'Messages' },
      }),
    ),
    attachments: Type.Optional(
      setting(Type.Boolean(), {
        title: 'Keep attachments as files',
        description: 'The flow gets the id of each. Else their names only.',
        default: true,
        ui: { bindable: false, section: 'Messages' },
      }),
    ),
    largest: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 50 }), {
        title: 'Largest message (MB)',
        description: 'Of a larger one the flow gets who sent it, to whom and the subject.',
        default: 20,
        ui: { bindable: false, advanced: true, section: 'Messages' },
      }),
    ),
  }),
  needed: ['host', 'user', 'password'],
  cursorSettings: ['host', 'user', 'mailbox'],
  payload: Type.Object({
    mailbox: Type.String(),
    uid: Type.Integer(),
    messageId: maybe,
    inReplyTo: maybe,
    from: Type.Union([person, Type.Null()]),
    to: people,
    cc: people,
    replyTo: people,
    subject: Type.String(),
    /** Empty when the message has HTML only. */
    text: Type.String(),
    /** As it was sent: never show it without cleaning it. */
    html: maybe,
    attachments: Type.Array(
      Type.Object({
        name: Type.String(),
        type: Type.String(),
        size: Type.Integer(),
        /** Null: it was not kept, as `problem` says. */
        file: maybe,
        problem: Type.Optional(Type.String()),
      }),
    ),
    /** The message is larger than the largest: it was not read. */
    isTooLarge: Type.Boolean(),
    size: Type.Integer(),
    /** ISO 8601 in UTC, as the sender says; null when it says none. */
    sentAt: maybe,
    /** ISO 8601 in UTC, as the mail server says. */
    receivedAt: Type.String(),
  }),
  sample: {
    mailbox: 'INBOX',
    uid: 1042,
    messageId: '<42@example.com>',
    inReplyTo: null,
    from: { name: 'Ada', address: 'ada@example.com' },
    to: [{ name: '', address: 'orders@example.com' }],
    cc: [],
    replyTo: [],
    subject: 'Order 1042',
    text: 'Two of each, please.',
    html: null,
    attachments: [{ name: 'order.pdf', type: 'application/pdf', size: 48_213, file: 'file_1' }],
    isTooLarge: false,
    size: 66_400,
    sentAt: '2030-01-31T08:59:58.000Z',
    receivedAt: '2030-01-31T09:00:00.000Z',
  },
});
