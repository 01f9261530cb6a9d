import { choice, defineFlowTrigger, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const signed = ['token', 'basic', 'hmac', 'standard-webhooks', 'github', 'slack', 'stripe', 'pagerduty'] as const;

/** Another system calls an address of the app. Who may, `verifyWebhook` decides by these settings. */
export const webhookTriggerManifest = defineFlowTrigger({
  id: 'core/webhook',
  version: 1,
  title: 'When a webhook is called',
  description: 'Another system calls an address of the published app. The request is checked before anything starts.',
  icon: 'api',
  category: 'Web',
  source: 'webhook',
  summary: 'path',
  keywords: ['http', 'request', 'callback', 'api', 'url', 'github', 'slack', 'stripe', 'pagerduty'],
  settings: Type.Object({
    path: Type.Optional(
      setting(Type.String({ maxLength: 64, pattern: '^[A-Za-z0-9_-]*$' }), {
        title: 'Path',
        description: 'The end of its address: letters, digits, hyphens. The name of the flow unless given.',
        ui: { bindable: false, placeholder: 'new-order' },
      }),
    ),
    methods: Type.Optional(
      setting(Type.Array(Type.Unsafe<string>({ type: 'string', enum: [...methods] })), {
        title: 'Methods',
        description: 'POST unless others are chosen.',
        ui: { bindable: false, labels: Object.fromEntries(methods.map((method) => [method, method])) },
      }),
    ),
    auth: choice(['none', ...signed], {
      title: 'Who may call it',
      default: 'token',
      labels: {
        none: 'Anybody who knows the address',
        token: 'With a token',
        basic: 'With user and password',
        hmac: 'Signed (HMAC)',
        'standard-webhooks': 'Standard Webhooks',
        github: 'GitHub',
        slack: 'Slack',
        stripe: 'Stripe',
        pagerduty: 'PagerDuty',
      },
      ui: { editor: 'select', bindable: false },
    }),
    secret: secretSetting({
      title: 'Secret',
      description: 'Name of a stored secret: the token, `user:password`, or what the sender signs with.',
      ui: { when: { setting: 'auth', in: [...signed] } },
    }),
    formerSecret: secretSetting({
      title: 'Former secret',
      description: 'Still holds, while the sender changes to the new one.',
      ui: { advanced: true, when: { setting: 'auth', in: [...signed] } },
    }),
    tokenHeader: Type.Optional(
      setting(Type.String({ maxLength: 100, pattern: '^[A-Za-z0-9-]*$' }), {
        title: 'Header of the token',
        description: 'Authorization (Bearer) unless given.',
        ui: { bindable: false, advanced: true, placeholder: 'X-Api-Key', when: { setting: 'auth', in: ['token'] } },
      }),
    ),
    signatureHeader: Type.Optional(
      setting(Type.String({ maxLength: 100, pattern: '^[A-Za-z0-9-]*$' }), {
        title: 'Header of the signature',
        default: 'X-Signature',
        ui: { bindable: false, placeholder: 'X-Signature', when: { setting: 'auth', in: ['hmac'] } },
      }),
    ),
    algorithm: Type.Optional(
      choice(['sha256', 'sha512', 'sha1'], {
        title: 'Algorithm',
        default: 'sha256',
        labels: { sha256: 'SHA-256', sha512: 'SHA-512', sha1: 'SHA-1' },
        ui: { editor: 'select', bindable: false, when: { setting: 'auth', in: ['hmac'] } },
      }),
    ),
    encoding: Type.Optional(
      choice(['hex', 'base64'], {
        title: 'Written as',
        default: 'hex',
        labels: { hex: 'Hexadecimal', base64: 'Base64' },
        ui: { editor: 'segmented', bindable: false, when: { setting: 'auth', in: ['hmac'] } },
      }),
    ),
    prefix: Type.Optional(
      setting(Type.String({ maxLength: 40 }), {
        title: 'Before the signature',
        ui: { bindable: false, placeholder: 'sha256=', advanced: true, when: { setting: 'auth', in: ['hmac'] } },
      }),
    ),
    timestampHeader: Type.Optional(
      setting(Type.String({ maxLength: 100, pattern: '^[A-Za-z0-9-]*$' }), {
        title: 'Header of the time',
        description: 'With it, the time, a full stop and the body are signed, and old requests are refused.',
        ui: { bindable: false, advanced: true, placeholder: 'X-Timestamp', when: { setting: 'auth', in: ['hmac'] } },
      }),
    ),
    origins: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 300, pattern: '^https?://[^/?#@*\\s]+$' }), { maxItems: 50 }), {
        title: 'Web pages that may call it',
        description:
          'Origins such as https://shop.example.com, exactly as browsers send them. None unless given. Cookies never count here.',
        ui: { bindable: false, advanced: true, placeholder: 'https://shop.example.com' },
      }),
    ),
    reply: choice(['accept', 'wait'], {
      title: 'Answer',
      default: 'accept',
      labels: { accept: 'At once', wait: 'When the flow answers' },
      description: 'A flow answers with the step “Answer the webhook”, else with what it returns at its end.',
      ui: { editor: 'segmented', bindable: false, section: 'Answer' },
    }),
    timeoutSeconds: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 120 }), {
        title: 'Wait at most (seconds)',
        default: 30,
        ui: { bindable: false, section: 'Answer', when: { setting: 'reply', in: ['wait'] } },
      }),
    ),
    deliveryHeader: Type.Optional(
      setting(Type.String({ maxLength: 100, pattern: '^[A-Za-z0-9-]*$' }), {
        title: 'Header of the delivery',
        description: 'A request with an id that came before starts nothing. Idempotency-Key unless given.',
        ui: { bindable: false, section: 'Checks', advanced: true, placeholder: 'Idempotency-Key' },
      }),
    ),
    deliveryKey: Type.Optional(
      setting(Type.String({ maxLength: 2000 }), {
        title: 'Id of the delivery',
        description:
          'An expression, when the id is no header. What stands in a signed body also holds against who repeats a request.',
        ui: { bindable: false, section: 'Checks', advanced: true, placeholder: 'trigger.body.id' },
      }),
    ),
    bodySchema: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Schema of the body',
        description: 'JSON Schema. A body that does not fit is refused with what is wrong. Patterns are not supported.',
        ui: { editor: 'json', bindable: false, section: 'Checks', advanced: true },
      }),
    ),
  }),
  payload: Type.Object({
    method: Type.String(),
    query: Type.Record(Type.String(), Type.String()),
    /** Names in lower case; without what proves who sent it. */
    headers: Type.Record(Type.String(), Type.String()),
    /** JSON and forms as values, texts as text; files, also those of forms, as stored ones: `{ id, name, size, type }`. */
    body: Type.Unknown(),
    /** The sender’s id of this delivery, or null. */
    deliveryId: Type.Union([Type.String(), Type.Null()]),
  }),
  sample: {
    method: 'POST',
    query: {},
    headers: { 'content-type': 'application/json' },
    body: { id: 42, status: 'open' },
    deliveryId: null,
  },
});
