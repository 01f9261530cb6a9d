/**
 * The process that a plugin's code runs in. It has no network, files, environment or other process (Node's permission
 * model), only a few harmless modules, and asks the server for everything else. It must import nothing but what Node
 * has. Argument: the module of the plugin.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Buffer } from 'node:buffer';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FromPlugin, PluginError, ToPlugin } from './protocol.ts';

type Value = unknown;
type Input = Readonly<Record<string, Value>>;
type Ask = (capability: string, input: Value) => Promise<Value>;
interface Extension {
  readonly manifest: { readonly id: string };
  readonly load: () => Promise<Record<string, unknown>>;
}
interface Session {
  readonly session: Record<string, unknown>;
  readonly tables: Record<string, (...given: unknown[]) => unknown> | undefined;
  schema: Value;
}

const { parse, stringify } = JSON;
const { stdin, stdout, stderr } = process;
const entry = pathToFileURL(process.argv[2] ?? '').href;
const folder = entry.slice(0, entry.lastIndexOf('/') + 1);
const exit = process.exit.bind(process);
const writeOut = stdout.write.bind(stdout);
const complain = stderr.write.bind(stderr);
const harmless = new Set(
  'assert assert/strict buffer crypto events path path/posix querystring stream stream/promises stream/web string_decoder timers timers/promises url util util/types zlib'.split(
    ' ',
  ),
);

function say(message: FromPlugin): void {
  writeOut(`${stringify(message)}\n`);
}

/** Leaves plugins what is harmless: the permission model does not stop signals to other processes, for one. */
function closeDoors(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const name = specifier.replace(/^node:/, '');
      if (harmless.has(name)) return next(specifier, context);
      const resolved = /^(?:\.{1,2}\/|file:)/.test(specifier)
        ? new URL(specifier, context.parentURL ?? entry).href
        : '';
      if (resolved.startsWith(folder) && !/%2e|%2f|%5c/i.test(resolved)) return next(specifier, context);
      throw new Error(
        `Plugins cannot import "${specifier}". They reach the outside through the context they are given.`,
      );
    },
  });
  const { version, versions, platform, arch } = process;
  const hrtime = process.hrtime.bind(process);
  const nextTick = process.nextTick.bind(process);
  const safe = Object.freeze({
    version,
    versions,
    platform,
    arch,
    hrtime,
    nextTick,
    env: Object.freeze({}),
    argv: Object.freeze([]),
    cwd: () => '/',
    emitWarning: () => undefined,
    on: () => safe,
    once: () => safe,
    off: () => safe,
  });
  // Node itself keeps using the real one; here it loses what could harm others.
  for (const name of [
    'kill',
    '_kill',
    '_debugProcess',
    '_debugEnd',
    'binding',
    '_linkedBinding',
    'dlopen',
    'abort',
    'getBuiltinModule',
    'execve',
    'setuid',
    'setgid',
    'loadEnvFile',
  ])
    Object.defineProperty(process, name, { value: undefined, configurable: false, writable: false });
  Object.defineProperty(globalThis, 'process', { value: safe, configurable: false, writable: false });
  // What is said for people goes where it disturbs no message.
  const write = (...values: unknown[]): void => void complain(`${values.map(String).join(' ').slice(0, 2000)}\n`);
  const quiet = {
    log: write,
    info: write,
    debug: write,
    warn: write,
    error: write,
    trace: write,
    table: write,
    dir: write,
  };
  Object.defineProperty(globalThis, 'console', { value: Object.freeze(quiet), configurable: false, writable: false });
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'navigator', 'localStorage', 'sessionStorage'])
    Object.defineProperty(globalThis, name, { value: undefined, configurable: true, writable: true });
}

function errorOf(thrown: unknown): PluginError {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Record<string, unknown>;
  const text = (value: unknown, most: number, otherwise: string): string =>
    typeof value === 'string' && value !== '' ? value.slice(0, most) : otherwise;
  const isKnown = error['name'] === 'AppError';
  return {
    kind: isKnown ? text(error['kind'], 30, 'upstream') : 'upstream',
    code: isKnown ? text(error['code'], 100, 'plugin.failed') : 'plugin.failed',
    message: text(error['message'], 2000, 'It threw something that is no error.'),
    ...(typeof error['hint'] === 'string' ? { hint: error['hint'].slice(0, 1000) } : {}),
  };
}

/** An error as the code of the plugin sees it: with the members of the SDK's AppError, which is a copy of its own there. */
function appError(error: PluginError): Error {
  return Object.assign(new Error(error.message), {
    name: 'AppError',
    kind: error.kind,
    code: error.code,
    hint: error.hint,
  });
}

const toBytes = (base64: Value): Uint8Array => new Uint8Array(Buffer.from(String(base64), 'base64'));
const toBase64 = (bytes: Value): string =>
  typeof bytes === 'string'
    ? Buffer.from(bytes).toString('base64')
    : Buffer.from(bytes as Uint8Array).toString('base64');

let asked = 0;
const asks = new Map<number, { resolve(value: Value): void; reject(error: Error): void }>();
const calls = new Map<number, AbortController>();

function askFor(call: number, signal: AbortSignal): Ask {
  return (capability, input) => {
    signal.throwIfAborted();
    asked += 1;
    const ask = asked;
    return new Promise((resolve, reject) => {
      asks.set(ask, { resolve, reject });
      say({ kind: 'ask', ask, call, capability, input: (input ?? null) as never });
    });
  };
}

function fetchThrough(ask: Ask) {
  return async (url: string, options: Input = {}): Promise<Value> => {
    const { method, headers, body, maxBytes } = options;
    const answer = (await ask('fetch', {
      url,
      method: method ?? 'GET',
      headers: headers ?? {},
      maxBytes: maxBytes ?? 5_000_000,
      ...(body === undefined || body === null ? {} : { body: toBase64(body) }),
    })) as Record<string, Value>;
    return { status: answer['status'], headers: answer['headers'], body: toBytes(answer['body']) };
  };
}

const storageThrough = (ask: Ask) => ({
  get: (key: string) => ask('storage.get', { key }),
  set: (key: string, value: Value) => ask('storage.set', { key, value: value ?? null }),
  delete: (key: string) => ask('storage.delete', { key }),
  keys: (prefix = '') => ask('storage.keys', { prefix }),
});

function dataThrough(ask: Ask) {
  const list = (dataSource: string, request: Input) => ask('data.list', { dataSource, request });
  return {
    list,
    read: async (dataSource: string, request: Input) => (await ask('data.read', { dataSource, request })) ?? undefined,
    create: (dataSource: string, table: string, rows: Value) => ask('data.create', { dataSource, table, rows }),
    update: (dataSource: string, table: string, changes: Value) => ask('data.update', { dataSource, table, changes }),
    delete: (dataSource: string, table: string, keys: Value) => ask('data.delete', { dataSource, table, keys }),
    aggregate: (dataSource: string, request: Input) => ask('data.aggregate', { dataSource, request }),
    primaryKey: (dataSource: string, table: string) => ask('data.primaryKey', { dataSource, table }),
    runQuery: (query: string, parameters: Input) => ask('data.runQuery', { query, parameters }),
    async *stream(dataSource: string, request: Input) {
      let cursor: Value;
      do {
        const page = (await list(dataSource, {
          ...request,
          limit: 500,
          ...(cursor === undefined ? {} : { cursor }),
        })) as {
          rows: Value[];
          next?: Value;
        };
        if (page.rows.length > 0) yield page.rows;
        cursor = page.next;
      } while (cursor !== undefined);
    },
  };
}

function flowContext(input: Input, ask: Ask, signal: AbortSignal): Input {
  const refused = (what: string) => () =>
    Promise.reject(appError({ kind: 'not-allowed', code: 'plugin.not-available', message: `Plugins cannot ${what}.` }));
  const startedAt = Date.now();
  return {
    settings: input['settings'],
    secrets: input['secrets'],
    idempotencyKey: input['idempotencyKey'],
    attempt: input['attempt'],
    isDryRun: input['isDryRun'],
    timeZone: input['timeZone'],
    // The clock of the server, which goes on from when the call began.
    now: () => (input['now'] as number) + (Date.now() - startedAt),
    signal,
    log: (level: string, message: string, details?: Value) =>
      void ask('log', {
        level,
        message: String(message).slice(0, 4000),
        ...(details === undefined ? {} : { details }),
      }).catch(() => undefined),
    fetch: fetchThrough(ask),
    data: dataThrough(ask),
    storage: storageThrough(ask),
    files: {
      read: async (id: string) => {
        const file = (await ask('files.read', { id })) as Record<string, Value>;
        return { ...file, bytes: toBytes(file['bytes']) };
      },
      write: ({ name, type, bytes }: Record<string, Value>) =>
        ask('files.write', { name, type, bytes: toBase64(bytes) }),
    },
    platform: {
      notify: refused('notify people'),
      sendMail: (mail: Record<string, Value>) =>
        ask('mail', {
          ...mail,
          ...(Array.isArray(mail['attachments'])
            ? {
                attachments: (mail['attachments'] as Record<string, Value>[]).map((file) => ({
                  ...file,
                  bytes: toBase64(file['bytes']),
                })),
              }
            : {}),
        }),
      startFlow: refused('start flows'),
      invalidate: refused('forget answers'),
      respond: refused('answer webhooks'),
      runScript: refused('run scripts'),
    },
  };
}

let extensions: { flowActions: Map<string, Extension>; connectors: Map<string, Extension> };
const sessions = new Map<number, Session>();

async function handle(method: string, input: Input, ask: Ask, signal: AbortSignal): Promise<Value> {
  switch (method) {
    case 'flow-action': {
      const action = await extensions.flowActions.get(String(input['type']))?.load();
      if (action === undefined) throw new Error(`The plugin has no code for "${String(input['type'])}".`);
      return (action['run'] as (context: Input) => Promise<Value>)(flowContext(input, ask, signal));
    }
    case 'schema':
      sessionOf(input).schema = input['schema'];
      return null;
    case 'close': {
      const open = sessions.get(input['session'] as number);
      sessions.delete(input['session'] as number);
      await (open?.session['close'] as (() => Promise<void>) | undefined)?.call(open?.session);
      return null;
    }
    case 'open':
      return openSession(input);
    default:
      return callSession(method, input, signal);
  }
}

/** What a session's requests are asked through: the call that is being answered. Sessions outlive their calls. */
const current = new AsyncLocalStorage<Ask>();

async function openSession(input: Input): Promise<Value> {
  const connector = await extensions.connectors.get(String(input['type']))?.load();
  if (connector === undefined) throw new Error(`The plugin has no code for "${String(input['type'])}".`);
  const refuse = (): Promise<never> =>
    Promise.reject(new Error('Connectors of plugins send requests, and nothing else.'));
  const through: Ask = async (capability, given) => {
    const ask = current.getStore();
    if (ask === undefined) throw new Error('Requests are sent while a call is answered, not before or after.');
    return ask(capability, given);
  };
  const session = (connector['open'] as (context: Input) => Record<string, unknown>)({
    settings: input['settings'],
    secrets: input['secrets'],
    limits: input['limits'],
    fetch: fetchThrough(through),
    storage: storageThrough(through),
    resolveAddress: refuse,
    resolveFile: refuse,
  });
  sessions.set(input['session'] as number, {
    session,
    tables: session['tables'] as Session['tables'],
    schema: undefined,
  });
  return {
    introspect: typeof session['introspect'] === 'function',
    query: typeof session['query'] === 'function',
    tables: typeof session['tables'] === 'object',
  };
}

function sessionOf(input: Input): Session {
  const open = sessions.get(input['session'] as number);
  if (open !== undefined) return open;
  throw appError({ kind: 'unavailable', code: 'plugin.session-lost', message: 'The connection was lost.' });
}

async function callSession(method: string, input: Input, signal: AbortSignal): Promise<Value> {
  const open = sessionOf(input);
  const options = { signal, timeoutMs: input['timeoutMs'] };
  const own = (name: string, ...given: unknown[]): unknown =>
    (open.session[name] as (...values: unknown[]) => unknown).call(open.session, ...given);
  if (method === 'test' || method === 'introspect') return (await own(method, options)) ?? null;
  if (method === 'query') return own('query', input['request'], options);
  const name = method.replace(/^tables\./, '');
  const run = open.tables?.[name];
  if (run === undefined)
    throw appError({ kind: 'input', code: 'plugin.unsupported', message: `The connector cannot ${name}.` });
  return (await run.call(open.tables, input['request'], open.schema, options)) ?? null;
}

async function answer(id: number, method: string, input: Input): Promise<void> {
  const controller = new AbortController();
  calls.set(id, controller);
  try {
    const ask = askFor(id, controller.signal);
    const value = await current.run(ask, () => handle(method, input, ask, controller.signal));
    say({ kind: 'done', id, value: (value ?? null) as never });
  } catch (error) {
    say({ kind: 'failed', id, error: errorOf(error) });
  } finally {
    calls.delete(id);
  }
}

function receive(message: ToPlugin): void {
  switch (message.kind) {
    case 'call':
      void answer(message.id, message.method, message.input as Input);
      return;
    case 'cancel':
      calls
        .get(message.id)
        ?.abort(appError({ kind: 'timeout', code: 'plugin.cancelled', message: 'The call was cancelled.' }));
      return;
    case 'answer':
      asks.get(message.ask)?.resolve(message.value);
      asks.delete(message.ask);
      return;
    case 'refuse':
      asks.get(message.ask)?.reject(appError(message.error));
      asks.delete(message.ask);
      return;
    case 'ping':
      say({ kind: 'pong' });
  }
}

function listen(): void {
  let received = '';
  stdin.setEncoding('utf8');
  stdin.on('data', (chunk: string) => {
    received += chunk;
    for (let end = received.indexOf('\n'); end !== -1; end = received.indexOf('\n')) {
      const line = received.slice(0, end);
      received = received.slice(end + 1);
      receive(parse(line) as ToPlugin);
    }
  });
  stdin.on('end', () => exit(0));
}

function byId(list: unknown): Map<string, Extension> {
  return new Map(
    (Array.isArray(list) ? (list as Extension[]) : []).map((extension) => [extension.manifest.id, extension]),
  );
}

listen();
closeDoors();
try {
  const module = (await import(entry)) as Record<string, unknown>;
  extensions = { flowActions: byId(module['flowActions']), connectors: byId(module['connectors']) };
  say({
    kind: 'ready',
    flowActions: [...extensions.flowActions.keys()],
    connectors: [...extensions.connectors.keys()],
  });
} catch (error) {
  say({ kind: 'broken', error: errorOf(error) });
}
