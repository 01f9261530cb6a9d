import { Buffer } from 'node:buffer';
import { appError } from './plugin-errors.ts';

type Value = unknown;
/** An object from the other side. */
export type Input = Readonly<Record<string, Value>>;
/** Asks the server for something, for one call. */
export type Ask = (capability: string, input: Value) => Promise<Value>;

const toBytes = (base64: Value): Uint8Array => new Uint8Array(Buffer.from(String(base64), 'base64'));
const toBase64 = (bytes: Value): string =>
  typeof bytes === 'string'
    ? Buffer.from(bytes).toString('base64')
    : Buffer.from(bytes as Uint8Array).toString('base64');

/** Sends requests through the server. */
export function fetchThrough(ask: Ask) {
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

/** What the plugin keeps. */
export const storageThrough = (ask: Ask) => ({
  get: (key: string) => ask('storage.get', { key }),
  set: (key: string, value: Value) => ask('storage.set', { key, value: value ?? null }),
  delete: (key: string) => ask('storage.delete', { key }),
  keys: (prefix = '') => ask('storage.keys', { prefix }),
});

/** Looks at other machines through the server. */
export const networkThrough = (ask: Ask) => ({
  lookUp: (name: string, type: string) => ask('network.lookUp', { name, type }),
  connect: (host: string, port: number) => ask('network.connect', { host, port }),
  certificate: (host: string, port: number) => ask('network.certificate', { host, port }),
});

/** What the code says for the log. */
export const logThrough =
  (ask: Ask) =>
  (level: string, message: string, details?: Value): void =>
    void ask('log', {
      level,
      message: String(message).slice(0, 4000),
      ...(details === undefined ? {} : { details }),
    }).catch(() => undefined);

/** Stores a file. */
export const writeFileThrough =
  (ask: Ask) =>
  ({ name, type, bytes }: Record<string, Value>): Promise<Value> =>
    ask('files.write', { name, type, bytes: toBase64(bytes) });

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

/** What actions of events and of flows are given alike. It is all that those of events are given. */
export function eventActionContext(input: Input, ask: Ask, signal: AbortSignal): Input {
  return {
    settings: input['settings'],
    secrets: input['secrets'],
    idempotencyKey: input['idempotencyKey'],
    now: clockFrom(input['now'] as number),
    signal,
    log: logThrough(ask),
    fetch: fetchThrough(ask),
    network: networkThrough(ask),
    data: dataThrough(ask),
    storage: storageThrough(ask),
  };
}

// The clock of the server, which goes on from when the call began.
function clockFrom(now: number): () => number {
  const startedAt = Date.now();
  return () => now + (Date.now() - startedAt);
}

/** What a flow action is given. */
export function flowContext(input: Input, ask: Ask, signal: AbortSignal): Input {
  const refused = (what: string) => () =>
    Promise.reject(appError({ kind: 'not-allowed', code: 'plugin.not-available', message: `Plugins cannot ${what}.` }));
  return {
    ...eventActionContext(input, ask, signal),
    attempt: input['attempt'],
    isDryRun: input['isDryRun'],
    timeZone: input['timeZone'],
    files: {
      read: async (id: string) => {
        const file = (await ask('files.read', { id })) as Record<string, Value>;
        return { ...file, bytes: toBytes(file['bytes']) };
      },
      write: writeFileThrough(ask),
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
