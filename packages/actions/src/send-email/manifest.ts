import { choice, defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { longText, shortText } from '../services/settings.ts';

const addresses = Type.Array(Type.String({ maxLength: 320 }), { maxItems: 100 });

/** Sends an e-mail by the installation's mail server. */
export const sendEmailManifest = defineFlowAction({
  id: 'core/send-email',
  version: 1,
  title: 'E-mail',
  description: 'Sends an e-mail by the mail server of this installation.',
  icon: 'mail',
  category: 'Messages',
  keywords: ['mail', 'smtp', 'invite', 'calendar', 'message'],
  effect: 'outside',
  summary: 'subject',
  settings: Type.Object({
    to: Type.Optional(setting(addresses, { title: 'To' })),
    subject: shortText('Subject'),
    body: longText('Text', { description: 'Markdown: it is sent as text and as HTML.' }),
    cc: Type.Optional(setting(addresses, { title: 'Copy to', ui: { advanced: true } })),
    bcc: Type.Optional(setting(addresses, { title: 'Hidden copy to', ui: { advanced: true } })),
    replyTo: shortText('Answers go to', { advanced: true }),
    attachments: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Attachments',
        description: 'A list of stored files, or of their ids.',
        ui: { editor: 'expression', advanced: true },
      }),
    ),
    eventStart: shortText('Event starts at', {
      description: 'With a start, the e-mail is an invitation for calendars.',
      placeholder: '2026-03-01T09:30:00Z',
      advanced: true,
    }),
    eventEnd: shortText('Event ends at', { advanced: true }),
    eventPlace: shortText('Place of the event', { advanced: true }),
    eventKind: choice(['invite', 'cancel'], {
      title: 'The event',
      default: 'invite',
      labels: { invite: 'Takes place', cancel: 'Is called off' },
      ui: { advanced: true, bindable: false },
    }),
    eventId: shortText('Id of the event', {
      description: 'To move or call off an event: the eventId that the step gave which invited to it.',
      advanced: true,
    }),
  }),
  output: Type.Object({
    messageId: Type.String(),
    recipients: Type.Integer(),
    eventId: Type.String({ description: 'Of the event that it invites to; empty without one.' }),
  }),
  sample: { messageId: '<run_1.stp_1@fettle>', recipients: 1, eventId: '' },
});
