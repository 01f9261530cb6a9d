/**
 * The process that a plugin's code runs in. It has no network, files, environment or other process (Node's permission
 * model), only a few harmless modules, and asks the server for everything else. It must import nothing but what Node
 * has. Argument: the module of the plugin.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { pathToFileURL } from 'node:url';
import { closeDoors } from './close-doors.ts';
import {
  eventActionContext,
  fetchThrough,
  flowContext,
  storageThrough,
  type Ask,
  type Input,
} from './plugin-context.ts';
import { sourceContext } from './source-context.ts';
import { appError, errorOf } from './plugin-errors.ts';
import type { FromPlugin, ToPlugin } from '../protocol.ts';

type Value = unknown;
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
const { stdin, stdout } = process;
const entry = pathToFileURL(process.argv[2] ?? '').href;
const exit = process.exit.bind(process);
const writeOut = stdout.write.bind(stdout);

function say(message: FromPlugin): void {
  writeOut(`${stringify(message)}\n`);
}

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

let extensions: {
  flowActions: Map<string, Extension>;
  connectors: Map<string, Extension>;
  flowTriggers: Map<string, Extension>;
  eventActions: Map<string, Extension>;
};
const sessions = new Map<number, Session>();

async function handle(method: string, input: Input, ask: Ask, signal: AbortSignal): Promise<Value> {
  switch (method) {
    case 'flow-action': {
      const action = await extensions.flowActions.get(String(input['type']))?.load();
      if (action === undefined) throw noCode(input);
      return (action['run'] as (context: Input) => Promise<Value>)(flowContext(input, ask, signal));
    }
    case 'event-action': {
      const action = await extensions.eventActions.get(String(input['type']))?.load();
      if (action === undefined) throw noCode(input);
      return (action['run'] as (context: Input) => Promise<Value>)(eventActionContext(input, ask, signal));
    }
    case 'flow-trigger': {
      const trigger = await extensions.flowTriggers.get(String(input['type']))?.load();
      if (trigger === undefined) throw noCode(input);
      return (trigger['run'] as (context: Input) => Promise<Value>)(sourceContext(input, ask, signal));
    }
    case 'flow-trigger-peek': {
      const trigger = await extensions.flowTriggers.get(String(input['type']))?.load();
      if (trigger === undefined) throw noCode(input);
      if (typeof trigger['peek'] !== 'function') throw cannotLook();
      const { cursor: _c, connected: _o, deliver: _d, files: _f, ...context } = sourceContext(input, ask, signal);
      // What is not there is told from nothing that is there.
      const found = await (trigger['peek'] as (context: Input) => Promise<Value>)(context);
      return found === undefined ? {} : { found };
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

function noCode(input: Input): Error {
  const message = `The plugin has no code for "${String(input['type'])}".`;
  return appError({ kind: 'upstream', code: 'plugin.no-code', message });
}

function cannotLook(): Error {
  return appError({
    kind: 'input',
    code: 'flow-source.no-look',
    message: 'This trigger of a plugin does not say what waits: it has no "peek".',
    hint: 'Write an example yourself, or take one from a run.',
  });
}

async function openSession(input: Input): Promise<Value> {
  const connector = await extensions.connectors.get(String(input['type']))?.load();
  if (connector === undefined) throw noCode(input);
  const refuse = (): Promise<never> =>
    Promise.reject(new Error('Connectors of plugins send requests, and nothing else.'));
  const through: Ask = async (capability, given) => {
    const ask = current.getStore();
    if (ask === undefined)
      throw appError({ kind: 'input', code: 'plugin.no-call', message: 'Requests are sent while a call is answered.' });
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
closeDoors(entry);
try {
  const module = (await import(entry)) as Record<string, unknown>;
  extensions = {
    flowActions: byId(module['flowActions']),
    connectors: byId(module['connectors']),
    flowTriggers: byId(module['flowTriggers']),
    eventActions: byId(module['eventActions']),
  };
  say({
    kind: 'ready',
    flowActions: [...extensions.flowActions.keys()],
    connectors: [...extensions.connectors.keys()],
    flowTriggers: [...extensions.flowTriggers.keys()],
    eventActions: [...extensions.eventActions.keys()],
  });
} catch (error) {
  say({ kind: 'broken', error: errorOf(error) });
}
