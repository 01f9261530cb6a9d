import { choice, defineFlowAction, secretSetting, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { pairSchema } from '../http/settings.ts';

/** Sends a request to any HTTP API. */
export const httpRequestManifest = defineFlowAction({
  id: 'core/http-request',
  version: 1,
  title: 'HTTP request',
  description: 'Sends a request to any web address and gives its answer to the steps that follow.',
  icon: 'world',
  category: 'Web',
  keywords: ['rest', 'api', 'webhook', 'get', 'post', 'call', 'fetch'],
  effect: 'outside',
  effectWhen: [{ setting: 'method', in: ['GET', 'HEAD'], effect: 'read' }],
  summary: 'url',
  needs: { network: true, secrets: true },
  settings: Type.Object({
    method: choice(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'], {
      title: 'Method',
      default: 'GET',
      ui: { bindable: false, editor: 'select' },
    }),
    url: Type.Optional(
      setting(Type.String({ maxLength: 4000 }), {
        title: 'Address',
        ui: { placeholder: 'https://api.example.com/orders/{{ trigger.id }}' },
      }),
    ),
    query: Type.Optional(
      setting(Type.Array(pairSchema, { maxItems: 100 }), { title: 'Query parameters', ui: { editor: 'keyValue' } }),
    ),
    headers: Type.Optional(
      setting(Type.Array(pairSchema, { maxItems: 100 }), { title: 'Headers', ui: { editor: 'keyValue' } }),
    ),
    bodyType: choice(['none', 'json', 'text', 'form', 'multipart', 'file'], {
      title: 'Body',
      default: 'none',
      labels: {
        none: 'None',
        json: 'JSON',
        text: 'Text',
        form: 'Form',
        multipart: 'Form with files (multipart)',
        file: 'File',
      },
      ui: { section: 'Body', bindable: false, editor: 'select' },
    }),
    json: Type.Optional(
      setting(Type.Unknown(), {
        title: 'JSON',
        description: 'A value from a binding, or JSON text.',
        ui: { editor: 'json', section: 'Body', when: { setting: 'bodyType', in: ['json'] } },
      }),
    ),
    text: Type.Optional(
      setting(Type.String({ maxLength: 1_000_000 }), {
        title: 'Text',
        ui: { editor: 'multiline', section: 'Body', when: { setting: 'bodyType', in: ['text'] } },
      }),
    ),
    contentType: Type.Optional(
      setting(Type.String({ maxLength: 200 }), {
        title: 'Content type',
        default: 'text/plain; charset=utf-8',
        ui: { section: 'Body', when: { setting: 'bodyType', in: ['text'] } },
      }),
    ),
    form: Type.Optional(
      setting(Type.Array(pairSchema, { maxItems: 100 }), {
        title: 'Fields',
        ui: { editor: 'keyValue', section: 'Body', when: { setting: 'bodyType', in: ['form', 'multipart'] } },
      }),
    ),
    file: Type.Optional(
      setting(Type.Unknown(), {
        title: 'File',
        description: 'A stored file or its id; in a form also a list of them.',
        ui: { editor: 'expression', section: 'Body', when: { setting: 'bodyType', in: ['multipart', 'file'] } },
      }),
    ),
    fileField: Type.Optional(
      setting(Type.String({ maxLength: 200 }), {
        title: 'Field of the files',
        default: 'file',
        ui: { section: 'Body', when: { setting: 'bodyType', in: ['multipart'] } },
      }),
    ),
    authentication: choice(['none', 'bearer', 'basic', 'header'], {
      title: 'Sign in with',
      default: 'none',
      labels: { none: 'Nothing', bearer: 'Bearer token', basic: 'User and password', header: 'Key in a header' },
      ui: { section: 'Sign-in', bindable: false, editor: 'select' },
    }),
    user: Type.Optional(
      setting(Type.String({ maxLength: 200 }), {
        title: 'User',
        ui: { section: 'Sign-in', when: { setting: 'authentication', in: ['basic'] } },
      }),
    ),
    keyHeader: Type.Optional(
      setting(Type.String({ maxLength: 100 }), {
        title: 'Header',
        default: 'X-Api-Key',
        ui: { section: 'Sign-in', bindable: false, when: { setting: 'authentication', in: ['header'] } },
      }),
    ),
    secret: secretSetting({
      title: 'Secret',
      description: 'The token, password or key.',
      ui: { section: 'Sign-in', when: { setting: 'authentication', notIn: ['none'] } },
    }),
    failOnStatus: Type.Optional(
      setting(Type.Boolean(), {
        title: 'Fail on error answers',
        description: 'An answer with status 400 or higher fails the step, so that it can be tried again.',
        default: true,
        ui: { section: 'Answer', bindable: false },
      }),
    ),
    answerAs: choice(['auto', 'json', 'text', 'file'], {
      title: 'Answer as',
      default: 'auto',
      labels: { auto: 'By its type', json: 'JSON', text: 'Text', file: 'File' },
      description: 'A file is kept in storage and the output holds its id. By its type, so is what is no text.',
      ui: { section: 'Answer', bindable: false, editor: 'select' },
    }),
    maxBytes: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 100_000_000 }), {
        title: 'Largest answer in bytes',
        default: 10_000_000,
        ui: { section: 'Answer', advanced: true },
      }),
    ),
    sendKey: Type.Optional(
      setting(Type.Boolean(), {
        title: 'Send an idempotency key',
        description:
          'Sends a header Idempotency-Key that is the same for every try, so that the other side can tell doubles.',
        default: true,
        ui: { section: 'Answer', advanced: true, bindable: false },
      }),
    ),
  }),
  output: Type.Object({
    status: Type.Integer(),
    ok: Type.Boolean({ description: 'True for the statuses 200 to 299.' }),
    headers: Type.Record(Type.String(), Type.String()),
    body: Type.Unknown({ description: 'JSON, text, or null when there is none.' }),
    file: Type.Optional(Type.Object({ id: Type.String(), type: Type.String(), size: Type.Integer() })),
    retryAfterMs: Type.Optional(Type.Integer({ description: 'What Retry-After says, in milliseconds.' })),
  }),
  sample: { status: 200, ok: true, headers: { 'content-type': 'application/json' }, body: { id: 1 } },
});
