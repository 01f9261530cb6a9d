import { defineFlowTrigger, setting, Type } from '@fettle/sdk';

const textOrNothing = Type.Union([Type.String(), Type.Null()]);

/** Watches the certificates of services. */
export const certificateManifest = defineFlowTrigger({
  id: 'certificate-watch/certificate',
  version: 1,
  title: 'When a certificate needs somebody',
  description:
    'Looks at the TLS certificates of services: one is about to end, was replaced, is not trusted, or is not there any more.',
  icon: 'certificate',
  category: 'IT operations',
  keywords: ['tls', 'ssl', 'expiry', 'https', 'renewal'],
  source: 'poll',
  summary: 'services',
  needs: { network: true },
  settings: Type.Object({
    services: Type.Optional(
      setting(Type.String({ maxLength: 20_000 }), {
        title: 'Services',
        description: 'One in a line, with a port unless it is 443.',
        ui: { editor: 'multiline', placeholder: 'www.example.com\nmail.example.com:993', bindable: false },
      }),
    ),
    days: Type.Optional(
      setting(Type.String({ maxLength: 200 }), {
        title: 'Days before the end',
        description: 'It starts the flow when so many days are left: 30, 14, 7 and 1 unless others are entered.',
        ui: { placeholder: '30, 14, 7, 1', bindable: false },
      }),
    ),
    every: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 1440 }), {
        title: 'Look every',
        description: 'Minutes between two looks.',
        default: 60,
        ui: { bindable: false },
      }),
    ),
  }),
  needed: ['services'],
  // What was told of a service stays told whatever else is watched.
  cursorSettings: [],
  payload: Type.Object({
    event: Type.Enum(['expiring', 'replaced', 'problem', 'recovered']),
    host: Type.String(),
    port: Type.Integer(),
    daysLeft: Type.Union([Type.Integer(), Type.Null()]),
    validTo: textOrNothing,
    subject: textOrNothing,
    issuer: textOrNothing,
    problem: textOrNothing,
  }),
  sample: {
    event: 'expiring',
    host: 'www.example.com',
    port: 443,
    daysLeft: 14,
    validTo: '2026-05-01T00:00:00.000Z',
    subject: 'www.example.com',
    issuer: 'Example CA',
    problem: null,
  },
});
