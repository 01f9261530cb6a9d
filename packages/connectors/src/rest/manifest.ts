import { Type } from 'typebox';
import { choice, defineConnector, setting, type QueryKind } from '@fettle/sdk';

/** Methods that a request can have. */
export const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] as const;

const pair = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 200 }), value: Type.String({ maxLength: 8000 }) },
  { additionalProperties: false },
);

const httpQueryKind: QueryKind = {
  id: 'http',
  title: 'HTTP request',
  settings: Type.Object(
    {
      method: choice(httpMethods, { title: 'Method', default: 'GET', ui: { bindable: false } }),
      path: setting(Type.String({ maxLength: 4000 }), {
        title: 'Path',
        description: 'Added to the base URL. A {{ }} in it becomes one segment, encoded.',
        default: '/',
        ui: { placeholder: '/customers/{{ id }}' },
      }),
      query: setting(Type.Optional(Type.Array(pair, { maxItems: 100 })), {
        title: 'Query parameters',
        ui: { editor: 'keyValue' },
      }),
      headers: setting(Type.Optional(Type.Array(pair, { maxItems: 100 })), {
        title: 'Headers',
        ui: { editor: 'keyValue' },
      }),
      bodyType: choice(['none', 'json', 'text', 'form'], { title: 'Body', default: 'none', ui: { bindable: false } }),
      body: setting(Type.Optional(Type.String({ maxLength: 100_000 })), {
        title: 'Body content',
        description: 'JSON: a {{ }} stands for a whole value.',
        ui: { editor: 'json', when: { setting: 'bodyType', in: ['json', 'text'] } },
      }),
      form: setting(Type.Optional(Type.Array(pair, { maxItems: 100 })), {
        title: 'Form fields',
        ui: { editor: 'keyValue', when: { setting: 'bodyType', in: ['form'] } },
      }),
      result: setting(Type.Optional(Type.String({ maxLength: 4000 })), {
        title: 'Result',
        description: 'What of the answer to use, as {{ }} over `data`, `status` and `headers`.',
        ui: { editor: 'expression', placeholder: '{{ data.items }}', advanced: true },
      }),
    },
    { additionalProperties: false },
  ),
};

/** Any HTTP API. */
export const restManifest = defineConnector({
  id: 'core/rest',
  version: 1,
  title: 'REST API',
  description: 'Requests to any HTTP API that answers JSON or text.',
  icon: 'api',
  category: 'APIs',
  keywords: ['http', 'rest', 'api', 'json', 'webhook'],
  settings: Type.Object(
    {
      baseUrl: setting(Type.String({ minLength: 8, maxLength: 2000, pattern: '^https?://' }), {
        title: 'Base URL',
        ui: { section: 'Connection', placeholder: 'https://api.example.com/v1', bindable: false },
      }),
      headers: setting(Type.Optional(Type.Array(pair, { maxItems: 50 })), {
        title: 'Headers',
        description: 'Sent with every request.',
        ui: { section: 'Connection', editor: 'keyValue', bindable: false },
      }),
      testPath: setting(Type.Optional(Type.String({ maxLength: 2000 })), {
        title: 'Test path',
        description: 'Read with GET to test the connection.',
        default: '/',
        ui: { section: 'Connection', bindable: false },
      }),
      authentication: choice(['none', 'bearer', 'basic', 'apiKey'], {
        title: 'Authentication',
        default: 'none',
        labels: { none: 'None', bearer: 'Bearer token', basic: 'User and password', apiKey: 'API key' },
        ui: { section: 'Authentication', bindable: false },
      }),
      token: setting(Type.Optional(Type.String({ maxLength: 8000 })), {
        title: 'Token',
        ui: {
          section: 'Authentication',
          secret: true,
          editor: 'password',
          bindable: false,
          when: { setting: 'authentication', in: ['bearer'] },
        },
      }),
      user: setting(Type.Optional(Type.String({ maxLength: 400 })), {
        title: 'User',
        ui: { section: 'Authentication', bindable: false, when: { setting: 'authentication', in: ['basic'] } },
      }),
      password: setting(Type.Optional(Type.String({ maxLength: 4000 })), {
        title: 'Password',
        ui: {
          section: 'Authentication',
          secret: true,
          editor: 'password',
          bindable: false,
          when: { setting: 'authentication', in: ['basic'] },
        },
      }),
      keyName: setting(Type.Optional(Type.String({ minLength: 1, maxLength: 200 })), {
        title: 'Key name',
        default: 'X-API-Key',
        ui: { section: 'Authentication', bindable: false, when: { setting: 'authentication', in: ['apiKey'] } },
      }),
      keyPlace: choice(['header', 'query'], {
        title: 'Key goes into',
        default: 'header',
        labels: { header: 'Header', query: 'Query parameter' },
        ui: { section: 'Authentication', bindable: false, when: { setting: 'authentication', in: ['apiKey'] } },
      }),
      key: setting(Type.Optional(Type.String({ maxLength: 8000 })), {
        title: 'Key',
        ui: {
          section: 'Authentication',
          secret: true,
          editor: 'password',
          bindable: false,
          when: { setting: 'authentication', in: ['apiKey'] },
        },
      }),
    },
    { additionalProperties: false },
  ),
  destination: ['baseUrl'],
  capabilities: {
    tables: false,
    writes: false,
    transactions: false,
    relations: false,
    aggregates: false,
    structure: false,
  },
  queryKinds: [httpQueryKind],
  needs: { network: true, secrets: true },
});
