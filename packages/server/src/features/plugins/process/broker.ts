import { bug, inputError, isJsonObject, notAllowed, type Json } from '@fettle/base';
import { checkSchema } from '@fettle/definition';
import { Type, type TSchema } from 'typebox';
import { lookUpTypes, type FlowActionContext, type FlowSourceContext } from '@fettle/sdk/server';
import type { PluginPermissions } from '@fettle/sdk/plugin';
import type { ServerFetch } from '../../../outbound/guarded-fetch.ts';
import type { PluginStorage } from '../plugin-storage.ts';
import type { PluginReach } from './allowed-hosts-of.ts';
import type { Broker } from './plugin-process.ts';
import type { TableLimits } from './table-limits.ts';

/** What one call of a plugin may reach. Everything that is not here is refused. */
export interface BrokerMeans {
  readonly permissions: PluginPermissions;
  readonly reach: PluginReach;
  readonly fetch: ServerFetch;
  readonly storage: PluginStorage;
  readonly signal: AbortSignal;
  readonly log?: FlowActionContext['log'];
  readonly data?: { readonly rows: FlowActionContext['data']; readonly limits: TableLimits };
  readonly network?: FlowActionContext['network'];
  readonly files?: Partial<FlowActionContext['files']>;
  readonly platform?: FlowActionContext['platform'];
  /** Of a trigger that is kept at work. */
  readonly source?: {
    readonly context: Pick<FlowSourceContext, 'tables' | 'rest' | 'connected' | 'deliver'>;
    readonly limits: TableLimits;
    /** What an event brings, as the manifest says. */
    readonly payload: TSchema;
  };
}

const text = (maxLength: number) => Type.String({ maxLength });
const exact = <T extends Record<string, TSchema>>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });
const open = Type.Record(Type.String({ maxLength: 300 }), Type.Unknown());
const list = Type.Array(open, { maxItems: 1000 });
const base64 = Type.String({ maxLength: 16_000_000 });
const people = Type.Array(text(300), { minItems: 1, maxItems: 100 });
const port = Type.Integer({ minimum: 1, maximum: 65_535 });
const place = { dataSource: text(80), table: text(260) };

/** The shape of what may be asked for: checked before anything is done. */
const shapes: Readonly<Record<string, TSchema>> = {
  fetch: exact({
    url: text(8000),
    method: Type.Enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
    headers: Type.Record(text(200), text(16_000)),
    maxBytes: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
    body: Type.Optional(base64),
  }),
  log: exact({
    level: Type.Enum(['debug', 'info', 'warn', 'error']),
    message: text(4000),
    details: Type.Optional(Type.Unknown()),
  }),
  'storage.get': exact({ key: text(200) }),
  'storage.set': exact({ key: Type.String({ minLength: 1, maxLength: 200 }), value: Type.Unknown() }),
  'storage.delete': exact({ key: text(200) }),
  'storage.keys': exact({ prefix: text(200) }),
  'data.list': exact({ dataSource: text(80), request: open }),
  'data.read': exact({ dataSource: text(80), request: open }),
  'data.aggregate': exact({ dataSource: text(80), request: open }),
  'data.create': exact({ ...place, rows: list }),
  'data.update': exact({ ...place, changes: list }),
  'data.delete': exact({ ...place, keys: list }),
  'data.primaryKey': exact(place),
  'data.runQuery': exact({ query: text(80), parameters: open }),
  'source.describe': exact(place),
  'source.list': exact({ dataSource: text(80), request: open }),
  rest: exact({ ms: Type.Integer({ minimum: 0, maximum: 3_600_000 }) }),
  connected: exact({}),
  deliver: exact({
    events: Type.Array(exact({ key: Type.String({ minLength: 1, maxLength: 500 }), trigger: Type.Unknown() }), {
      maxItems: 1000,
    }),
    cursor: Type.Optional(Type.Unknown()),
    position: Type.Optional(text(200)),
  }),
  'network.lookUp': exact({ name: text(260), type: Type.Enum([...lookUpTypes]) }),
  'network.connect': exact({ host: text(260), port }),
  'network.certificate': exact({ host: text(260), port }),
  'files.read': exact({ id: text(80) }),
  'files.write': exact({ name: text(255), type: text(100), bytes: base64 }),
  mail: exact({
    to: people,
    cc: Type.Optional(people),
    bcc: Type.Optional(people),
    replyTo: Type.Optional(text(300)),
    messageId: Type.Optional(text(300)),
    subject: text(1000),
    text: text(1_000_000),
    html: Type.Optional(text(1_000_000)),
    attachments: Type.Optional(
      Type.Array(exact({ name: text(255), type: text(100), bytes: base64 }), { maxItems: 20 }),
    ),
  }),
};

const mostLogLines = 500;

/** Answers what a plugin asks for during one call, as its permissions and the rights of the call allow. */
export function createBroker(means: BrokerMeans): Broker {
  let lines = 0;
  return async (capability, input) => {
    means.signal.throwIfAborted();
    const shape = Object.hasOwn(shapes, capability) ? shapes[capability] : undefined;
    if (shape === undefined) throw refused(`Plugins cannot ask for "${capability.slice(0, 60)}".`);
    const [problem] = checkSchema(shape, input, '');
    if (problem !== undefined || !isJsonObject(input))
      throw inputError({
        code: 'plugin.ask-invalid',
        message: `"${capability}" was asked for in the wrong way. ${problem?.path ?? ''} ${problem?.message ?? ''}`,
        hint: 'This is a mistake in the plugin.',
      });
    if (capability === 'log') {
      lines += 1;
      if (lines <= mostLogLines) log(means, input);
      return null;
    }
    const [family] = capability.split('.');
    if (family === 'fetch') return send(means, input);
    if (family === 'storage') return storage(means, capability, input);
    if (family === 'network') return lookAt(means, capability, input);
    if (family === 'data') return data(means, capability, input);
    if (capability === 'rest' || capability === 'connected' || capability === 'deliver' || family === 'source')
      return atSource(means, capability, input);
    return capability === 'mail' ? mail(means, input) : files(means, capability, input);
  };
}

type Input = Readonly<Record<string, Json>>;
const own = <T>(value: unknown): T => value as T;

function log({ log: write }: BrokerMeans, { level, message, details }: Input): void {
  if (details === undefined) write?.(own(level), own(message));
  else write?.(own(level), own(message), details);
}

async function send({ fetch, reach, signal }: BrokerMeans, input: Input): Promise<Json> {
  const { url, method, headers, maxBytes, body } = input;
  const response = await fetch(own(url), {
    method: own(method),
    headers: own(headers),
    signal,
    maxBytes: own(maxBytes),
    ...(body === undefined ? {} : { body: Buffer.from(own<string>(body), 'base64') }),
    // Redirects lead to hosts that must be allowed as well.
    checkHop: ({ protocol, hostname, port }) =>
      reach.assertAllowed(
        hostname.replace(/^\[|\]$/g, ''),
        port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
      ),
  });
  return { status: response.status, headers: response.headers, body: Buffer.from(response.body).toString('base64') };
}

async function lookAt({ network, reach }: BrokerMeans, capability: string, input: Input): Promise<Json> {
  if (network === undefined) throw refused('Connectors do not look at other machines.');
  if (capability === 'network.lookUp') {
    reach.assertName(own(input['name']));
    return [...(await network.lookUp(own(input['name']), own(input['type'])))];
  }
  const host = own<string>(input['host']);
  const at = own<number>(input['port']);
  reach.assertAllowed(host, at);
  return own(capability === 'network.connect' ? await network.connect(host, at) : await network.certificate(host, at));
}

async function storage({ permissions, storage: store }: BrokerMeans, capability: string, input: Input): Promise<Json> {
  if (permissions.storage === undefined)
    throw refused('The plugin keeps nothing: "storage" is not among its permissions.');
  const key = own<string>(input['key']);
  switch (capability) {
    case 'storage.get':
      return store.get(key);
    case 'storage.set':
      await store.set(key, input['value'] ?? null, permissions.storage * 1024);
      return null;
    case 'storage.delete':
      await store.delete(key);
      return null;
    default:
      return [...(await store.keys(own(input['prefix'])))];
  }
}

async function data({ permissions, data: given }: BrokerMeans, capability: string, input: Input): Promise<Json> {
  if (given === undefined || permissions.tables === undefined)
    throw refused('The plugin works with no tables: "tables" is not among its permissions.');
  const { rows, limits } = given;
  const source = own<string>(input['dataSource']);
  const request = own<never>(input['request']);
  const table = own<string>(input['table'] ?? (isJsonObject(input['request']) ? input['request']['table'] : undefined));
  const write = (verb: 'create' | 'update' | 'delete'): void => {
    if (permissions.tables !== 'write') throw refused('The plugin may read rows, not change them.');
    limits.assertAllowed(verb, source, table);
  };
  switch (capability) {
    case 'data.runQuery':
      limits.assertQuery(own(input['query']));
      return own(await rows.runQuery(own(input['query']), own(input['parameters'])));
    case 'data.create':
      write('create');
      return own(await rows.create(source, table, own(input['rows'])));
    case 'data.update':
      write('update');
      return own(await rows.update(source, table, own(input['changes'])));
    case 'data.delete':
      write('delete');
      return rows.delete(source, table, own(input['keys']));
    default:
      limits.assertAllowed('view', source, table);
  }
  switch (capability) {
    case 'data.list':
      return own(await rows.list(source, request));
    case 'data.read':
      return own((await rows.read(source, request)) ?? null);
    case 'data.aggregate':
      return own(await rows.aggregate(source, request));
    case 'data.primaryKey':
      return [...(await rows.primaryKey(source, table))];
    default:
      throw bug(`"${capability}" has no answer.`);
  }
}

/** Cursors are written with every batch, and read when the source begins. */
const largestCursor = 256 * 1024;

async function atSource({ permissions, source }: BrokerMeans, capability: string, input: Input): Promise<Json> {
  if (source === undefined) throw refused('Only flow triggers are kept at work.');
  const { context, limits, payload } = source;
  switch (capability) {
    case 'rest':
      await context.rest(own(input['ms']));
      return null;
    case 'connected':
      context.connected();
      return null;
    case 'deliver': {
      const batch = own<Parameters<typeof context.deliver>[0]>(input);
      for (const { key, trigger } of batch.events) {
        const [problem] = checkSchema(payload, trigger, '');
        if (problem !== undefined)
          throw inputError({
            code: 'plugin.event-invalid',
            message: `The event "${key.slice(0, 100)}" is not what the trigger promises. ${problem.path}: ${problem.message}`,
            hint: 'This is a mistake in the plugin: tell its publisher.',
          });
      }
      if (batch.cursor !== undefined && JSON.stringify(batch.cursor).length > largestCursor)
        throw inputError({
          code: 'plugin.cursor-too-large',
          message: 'The place to go on from is larger than 256 kB.',
          hint: 'This is a mistake in the plugin: tell its publisher.',
        });
      await context.deliver(batch);
      return null;
    }
    default: {
      if (permissions.tables === undefined)
        throw refused('The plugin works with no tables: "tables" is not among its permissions.');
      const { request } = input;
      const dataSource = own<string>(input['dataSource']);
      const table = own<string>(input['table'] ?? (isJsonObject(request) ? request['table'] : undefined));
      limits.assertAllowed('view', dataSource, table);
      return own(
        capability === 'source.describe'
          ? await context.tables.describe(dataSource, table)
          : await context.tables.list(dataSource, own(request)),
      );
    }
  }
}

async function files({ permissions, files: given }: BrokerMeans, capability: string, input: Input): Promise<Json> {
  if (given === undefined || permissions.files !== true)
    throw refused('The plugin works with no files: "files" is not among its permissions.');
  if (capability === 'files.read') {
    if (given.read === undefined) throw refused('Here no files are read.');
    const { name, type, bytes } = await given.read(own(input['id']));
    return { name, type, bytes: Buffer.from(bytes).toString('base64') };
  }
  const { name, type, bytes } = input;
  if (given.write === undefined) throw refused('Here no files are stored.');
  return given.write({ name: own(name), type: own(type), bytes: Buffer.from(own<string>(bytes), 'base64') });
}

async function mail({ permissions, platform }: BrokerMeans, input: Input): Promise<Json> {
  if (platform === undefined || permissions.mail !== true)
    throw refused('The plugin sends no e-mail: "mail" is not among its permissions.');
  const attachments = own<readonly { name: string; type: string; bytes: string }[]>(input['attachments'] ?? []);
  const message = own<Parameters<typeof platform.sendMail>[0]>(input);
  return own(
    await platform.sendMail({
      ...message,
      attachments: attachments.map((file) => ({ ...file, bytes: Buffer.from(file.bytes, 'base64') })),
    }),
  );
}

function refused(message: string) {
  return notAllowed({
    code: 'plugin.not-allowed',
    message,
    hint: 'What a plugin may do stands in its manifest, and an admin agreed to it.',
  });
}
