import { once } from 'node:events';
import { connect } from 'node:net';
import { AppError, notFound, type Json } from '@fettle/base';
import type { GuardedFetch } from '../data/connector.ts';
import type { FlowActionContext, FlowData, FlowFiles, FlowNetwork, FlowPlatform } from '../flow/flow-action.ts';
import { createTestData, type TestData, type TestDataOptions } from './test-data.ts';

/** What {@link createTestFlowContext} is made of. */
export interface TestFlowContextOptions extends TestDataOptions {
  readonly settings?: Readonly<Record<string, Json>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly attempt?: number;
  readonly isDryRun?: boolean;
  /** Milliseconds since 1970; the default is 2026-03-01T09:30:00Z. */
  readonly now?: number;
  readonly timeZone?: string;
  readonly files?: Readonly<
    Record<string, { readonly name: string; readonly type: string; readonly bytes: Uint8Array }>
  >;
  /** Answers requests; without it they are sent for real. */
  readonly fetch?: GuardedFetch;
  /** Answers looks at other machines; without it there are none. */
  readonly network?: Partial<FlowNetwork>;
  /** Replaces parts of the platform. */
  readonly platform?: Partial<FlowPlatform>;
}

/** A context for flow actions in a test, and everything that they did with it. */
export interface TestFlowContext {
  readonly context: FlowActionContext;
  readonly rows: TestData;
  readonly logs: readonly { readonly level: string; readonly message: string; readonly details?: Json }[];
  /** Calls of the platform in order: method, then its arguments. */
  readonly calls: readonly (readonly [method: string, ...rest: readonly unknown[]])[];
  readonly files: ReadonlyMap<string, { readonly name: string; readonly type: string; readonly bytes: Uint8Array }>;
}

/** Makes a {@link FlowActionContext} over rows and files in memory. Its HTTP client is a real one, without the guard. */
export function createTestFlowContext(options: TestFlowContextOptions = {}): TestFlowContext {
  const rows = createTestData(options);
  const logs: { level: string; message: string; details?: Json }[] = [];
  const calls: [string, ...unknown[]][] = [];
  const files = new Map(Object.entries(options.files ?? {}));
  const context: FlowActionContext = {
    settings: options.settings ?? {},
    secrets: options.secrets ?? {},
    signal: options.signal ?? new AbortController().signal,
    idempotencyKey: 'run_1/stp_1',
    attempt: options.attempt ?? 1,
    isDryRun: options.isDryRun ?? false,
    now: () => options.now ?? Date.UTC(2026, 2, 1, 9, 30),
    timeZone: options.timeZone ?? 'UTC',
    log: (level, message, details) => {
      logs.push({ level, message, ...(details === undefined ? {} : { details }) });
    },
    fetch: options.fetch ?? fetchForTests,
    connect: connectForTests,
    network: { ...noNetwork, ...options.network },
    data: flowData(rows),
    files: flowFiles(files),
    platform: { ...recordingPlatform(calls), ...options.platform },
  };
  return { context, rows, logs, calls, files };
}

const nobody = (): Promise<never> =>
  Promise.reject(
    new AppError('upstream', {
      code: 'network.unreachable',
      message: 'Nobody is there in this test.',
      hint: 'Give the test a network.',
    }),
  );
const noNetwork: FlowNetwork = { lookUp: nobody, connect: nobody, certificate: nobody };

function flowData(rows: TestData): FlowData {
  const keyOf = (table: string): readonly string[] => {
    const description = rows.describe({ dataSource: 'ds', table });
    if (description === undefined) throw notFound({ code: 'table.unknown', message: `There is no table ${table}.` });
    return description.primaryKey;
  };
  return {
    list: (dataSource, { table, ...request }) => rows.list({ dataSource, table }, request),
    read: (dataSource, { table, key }) => rows.read({ dataSource, table }, key),
    create: (dataSource, table, values) => rows.create({ dataSource, table }, values),
    update: (dataSource, table, changes) => rows.update({ dataSource, table }, changes),
    async delete(dataSource, table, keys) {
      const before = rows.rowsOf(table).length;
      await rows.delete({ dataSource, table }, keys);
      const deleted = before - rows.rowsOf(table).length;
      if (deleted < keys.length) throw notFound({ code: 'row.unknown', message: 'This row no longer exists.' });
      return deleted;
    },
    aggregate: (dataSource, { table, ...request }) => rows.aggregate({ dataSource, table }, request),
    async *stream(dataSource, { table, ...request }) {
      let cursor: string | undefined;
      do {
        const page = await rows.list(
          { dataSource, table },
          { ...request, limit: 1000, ...(cursor === undefined ? {} : { cursor }) },
        );
        if (page.rows.length > 0) yield page.rows;
        cursor = page.next;
      } while (cursor !== undefined);
    },
    primaryKey: (_dataSource, table) => Promise.resolve(keyOf(table)),
    runQuery: (query, parameters) => rows.runQuery(query, parameters),
  };
}

function flowFiles(files: Map<string, { name: string; type: string; bytes: Uint8Array }>): FlowFiles {
  return {
    read: async (id) => {
      const file = files.get(id);
      if (file === undefined) throw notFound({ code: 'file.unknown', message: 'There is no such file.' });
      return Promise.resolve(file);
    },
    write: (file) => {
      const id = `file_${files.size + 1}`;
      files.set(id, file);
      return Promise.resolve(id);
    },
  };
}

function recordingPlatform(calls: [string, ...unknown[]][]): FlowPlatform {
  const record =
    <A extends readonly unknown[], R>(method: string, answer: R) =>
    (...given: A): Promise<R> => {
      calls.push([method, ...given]);
      return Promise.resolve(answer);
    };
  return {
    notify: record('notify', 1),
    startFlow: record('startFlow', 'run_2'),
    backUp: record('backUp', { file: 'file_1', name: 'backup.dump', bytes: 1 }),
    invalidate: record('invalidate', undefined),
    respond: record('respond', true),
    mailFrom: 'Fettle <fettle@example.com>',
    sendMail: record('sendMail', { messageId: '<1@example.com>' }),
    runScript: record('runScript', { value: null, logs: [] }),
  };
}

/** A connection without the guard: to servers of the test on this machine. */
const connectForTests: FlowActionContext['connect'] = async (host, port, signal) => {
  signal.throwIfAborted();
  const socket = connect({ host, port });
  await once(socket, 'connect', { signal });
  return socket;
};

/** Like the guarded client as far as actions can tell, but it may reach servers of the test on this machine. */
const fetchForTests: GuardedFetch = async (url, { method, headers, body, signal, maxBytes }) => {
  const response = await fetch(url, {
    method,
    headers,
    signal,
    ...(body === undefined ? {} : { body: body as string | Uint8Array<ArrayBuffer> }),
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > maxBytes) {
    throw new AppError('upstream', {
      code: 'outbound.too-large',
      message: `The answer is larger than ${maxBytes} bytes.`,
      hint: 'Ask for less.',
    });
  }
  return { status: response.status, headers: Object.fromEntries(response.headers), body: bytes };
};
