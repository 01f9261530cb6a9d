import { AppError, type Json } from '@fettle/base';
import { checkSchema } from '@fettle/definition';
import type { ConnectorManifest, ListResult, QueryResult, Row, SchemaDescription } from '@fettle/sdk';
import {
  implementConnector,
  type CallOptions,
  type ConnectorContext,
  type ConnectorExtension,
  type DataSession,
  type TablesCapability,
} from '@fettle/sdk/server';
import type { TSchema } from 'typebox';
import { aggregateShape, listShape, queryShape, rowShape, rowsShape, schemaShape } from './connector-shapes.ts';
import { reachOf } from './allowed-hosts-of.ts';
import { createBroker } from './broker.ts';
import type { PluginCode } from './plugin-code.ts';
import type { PluginProcess } from './plugin-process.ts';

/** A connector whose code runs in the process of its plugin. */
export function pluginConnector(code: PluginCode, manifest: ConnectorManifest): ConnectorExtension {
  return implementConnector(manifest, () =>
    Promise.resolve({ open: (context) => new PluginSession(code, manifest, context).session() }),
  );
}

let sessions = 0;

/** One session: opened in the process when first used, and again in the next one when that has ended. */
class PluginSession {
  readonly #code: PluginCode;
  readonly #manifest: ConnectorManifest;
  readonly #context: ConnectorContext;
  readonly #id: number;
  /** The process in which it is open, and the structure that it was told: sent once, not with every call. */
  #opened: { readonly process: PluginProcess; readonly ready: Promise<Json>; told?: SchemaDescription } | undefined;

  constructor(code: PluginCode, manifest: ConnectorManifest, context: ConnectorContext) {
    sessions += 1;
    this.#id = sessions;
    this.#code = code;
    this.#manifest = manifest;
    this.#context = context;
  }

  session(): DataSession {
    const { capabilities, queryKinds } = this.#manifest;
    return {
      test: async (options) => void (await this.#call('test', {}, options)),
      introspect: async (options) =>
        this.#checked(schemaShape, 'structure', await this.#call('introspect', {}, options)),
      ...(capabilities.tables ? { tables: this.#tables() } : {}),
      ...(queryKinds.length > 0
        ? {
            // Its code has no evaluator that could call them.
            query: async ({ functions: _functions, ...request }, options) =>
              this.#checked<QueryResult>(
                queryShape,
                'result',
                await this.#call('query', { request: request as unknown as Json }, options),
              ),
          }
        : {}),
      close: () => this.#close(),
    };
  }

  #tables(): TablesCapability {
    const ask = async <T>(
      method: string,
      shape: TSchema,
      given: { readonly request: unknown; readonly schema: SchemaDescription; readonly options: CallOptions },
    ): Promise<T> => {
      const { request, schema, options } = given;
      const value = await this.#call(`tables.${method}`, { request: request as Json }, options, schema);
      return this.#checked<T>(shape, 'answer', value);
    };
    const tables: TablesCapability = {
      list: (request, schema, options) => ask<ListResult>('list', listShape, { request, schema, options }),
      read: async (request, schema, options) =>
        (await ask<Row | null>('read', rowShape, { request, schema, options })) ?? undefined,
      create: (request, schema, options) => ask('create', rowsShape, { request, schema, options: plain(options) }),
      update: (request, schema, options) => ask('update', rowsShape, { request, schema, options: plain(options) }),
      delete: (request, schema, options) =>
        ask('delete', { type: 'integer' } as TSchema, { request, schema, options: plain(options) }),
      aggregate: (request, schema, options) => ask('aggregate', aggregateShape, { request, schema, options }),
      async *stream(request, schema, options) {
        let cursor: string | undefined;
        do {
          const page: ListResult = await tables.list(
            { ...request, limit: 500, ...(cursor === undefined ? {} : { cursor }) },
            schema,
            options,
          );
          if (page.rows.length > 0) yield page.rows;
          cursor = page.next;
        } while (cursor !== undefined);
      },
    };
    return tables;
  }

  async #call(
    method: string,
    input: Readonly<Record<string, Json>>,
    options: CallOptions,
    schema?: SchemaDescription,
  ): Promise<Json> {
    const { call, process } = await this.#code.enter();
    const run = (asked: string, given: Readonly<Record<string, Json>>): Promise<Json> =>
      call({
        method: asked,
        input: { session: this.#id, timeoutMs: options.timeoutMs, ...given },
        signal: options.signal,
        timeoutMs: options.timeoutMs,
        broker: this.#broker(options.signal),
      });
    if (this.#opened?.process !== process) {
      this.#opened = { process, ready: run('open', this.#openInput()) };
      this.#opened.ready.catch(() => (this.#opened = undefined));
    }
    const opened = this.#opened;
    await opened.ready;
    if (schema !== undefined && opened.told !== schema) {
      opened.told = schema;
      await run('schema', { schema: schema as unknown as Json });
    }
    return run(method, input);
  }

  #openInput(): Readonly<Record<string, Json>> {
    const { settings, secrets, limits } = this.#context;
    const given = this.#code.permissions.secrets === true ? secrets : {};
    return { type: this.#manifest.id, settings, secrets: given, limits: { ...limits } };
  }

  #broker(signal: AbortSignal) {
    const { permissions, fetch, storage } = this.#code;
    return createBroker({
      permissions,
      reach: reachOf(permissions, this.#context.settings as Json),
      fetch,
      storage,
      signal,
    });
  }

  #checked<T>(shape: TSchema, what: string, value: Json): T {
    const [problem] = checkSchema(shape, value, '');
    if (problem === undefined) return value as T;
    throw new AppError('upstream', {
      code: 'plugin.answer-invalid',
      message: `The ${what} of the connector "${this.#manifest.title}" is not right. ${problem.path}: ${problem.message}`,
      hint: 'This is a mistake in the plugin: tell its publisher.',
    });
  }

  async #close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    if (opened === undefined) return;
    const timeoutMs = 2_000;
    await opened.process
      .call({
        method: 'close',
        input: { session: this.#id },
        signal: AbortSignal.timeout(timeoutMs),
        timeoutMs,
        broker: () => Promise.resolve(null),
      })
      .catch(() => undefined);
  }
}

/** Who wants to know of changes does not travel: connectors of plugins say that they tell of none. */
function plain({ signal, timeoutMs }: CallOptions): CallOptions {
  return { signal, timeoutMs };
}
