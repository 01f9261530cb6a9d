import { AppError, inputError, isJsonObject, upstreamError, type Json } from '@fettle/base';
import type { QueryRequest, QueryResult, ResultColumn } from '@fettle/sdk';
import type { CallOptions, ConnectorContext, ConnectorImplementation, DataSession } from '@fettle/sdk/server';
import { expired, refuseAborted } from '../sql/watch.ts';
import { buildRequest, fillValue, queryNames, resolveUrl, type HttpRequest } from './request.ts';

/** Largest answer that is read. */
const maxBytes = 16_000_000;

/** Opens sessions on HTTP APIs. */
export const rest: ConnectorImplementation = { open: (context) => new RestSession(context) };

class RestSession implements DataSession {
  readonly #context: ConnectorContext;

  constructor(context: ConnectorContext) {
    this.#context = context;
  }

  async test(options: CallOptions): Promise<void> {
    const path = String(this.#context.settings['testPath'] ?? '/');
    resolveUrl(this.#context, path);
    const request: QueryRequest = {
      kind: 'http',
      settings: { method: 'GET', path: path.replaceAll('{{', '\\{{') },
      parameters: {},
      scope: {},
      mode: 'read',
      timeoutMs: options.timeoutMs,
      maxRows: 1,
    };
    await this.#send(buildRequest(request, this.#context), options);
  }

  async query(request: QueryRequest, options: CallOptions): Promise<QueryResult> {
    const started = performance.now();
    if (request.kind !== 'http') {
      throw inputError({
        code: 'query.kind-unknown',
        message: `A REST API has no queries of the kind "${request.kind}".`,
        hint: 'Use "http".',
      });
    }
    const http = buildRequest(request, this.#context);
    if (request.mode === 'read' && http.method !== 'GET' && http.method !== 'HEAD' && http.method !== 'POST') {
      throw inputError({
        code: 'data.read-only',
        message: `The query is declared as reading, but ${http.method} writes.`,
        hint: 'Declare it as writing.',
      });
    }
    const limits = { signal: options.signal, timeoutMs: Math.min(options.timeoutMs, request.timeoutMs) };
    const answer = await this.#send(http, limits);
    const data = mapResult(request, answer);
    const rows = Array.isArray(data) ? (data as readonly Json[]) : undefined;
    const truncated = rows !== undefined && rows.length > request.maxRows;
    return {
      data: truncated ? rows.slice(0, request.maxRows) : data,
      ...(rows === undefined ? {} : { columns: columnsOf(rows) }),
      truncated,
      durationMs: Math.round(performance.now() - started),
    };
  }

  async close(): Promise<void> {
    // Nothing stays open between requests.
  }

  async #send(request: HttpRequest, options: CallOptions): Promise<Answer> {
    refuseAborted(options);
    const timeout = AbortSignal.timeout(options.timeoutMs);
    const { url, ...rest } = request;
    let reply: Awaited<ReturnType<ConnectorContext['fetch']>>;
    try {
      reply = await this.#context.fetch(url, { ...rest, signal: AbortSignal.any([options.signal, timeout]), maxBytes });
    } catch (error) {
      refuseAborted(options);
      if (timeout.aborted) throw expired(options.timeoutMs);
      if (error instanceof AppError) throw error;
      throw upstreamError({
        code: 'data.unreachable',
        message: 'The API does not answer.',
        hint: 'Check the base URL of the data source and that the API runs.',
        cause: error,
      });
    }
    const text = new TextDecoder().decode(reply.body);
    if (reply.status >= 200 && reply.status < 400)
      return { status: reply.status, headers: reply.headers, data: parseBody(text, reply.headers) };
    throw statusError(reply.status, this.#withoutSecrets(text));
  }

  /** An API may echo what it was sent, in whatever form it was sent. */
  #withoutSecrets(text: string): string {
    const user = String(this.#context.settings['user'] ?? '');
    return Object.values(this.#context.secrets)
      .filter((secret) => secret.length >= 4)
      .flatMap((secret) => formsOf(secret, user))
      .reduce((cleaned, form) => cleaned.replaceAll(form, '•••'), text);
  }
}

function formsOf(secret: string, user: string): readonly string[] {
  const inQuery = new URLSearchParams({ '': secret }).toString().slice(1);
  const inLogin = Buffer.from(`${user}:${secret}`).toString('base64');
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), inQuery, inLogin];
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: Json;
}

function parseBody(text: string, headers: Readonly<Record<string, string>>): Json {
  if (text === '') return null;
  const isJson = /[/+]json\b/i.test(headers['content-type'] ?? '');
  if (!isJson && !/^\s*[[{]/.test(text)) return text;
  try {
    const parsed = JSON.parse(text) as Json;
    if (isTooDeep(parsed)) throw tooDeep();
    return parsed;
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (!isJson) return text;
    throw upstreamError({
      code: 'data.answer-invalid',
      message: 'The API says it answers JSON, but its answer is none.',
      hint: 'Look at the answer of the API.',
      cause: error,
    });
  }
}

// Whoever walks through an answer, here and in browsers, does so level by level.
const maxDepth = 200;

function isTooDeep(value: Json): boolean {
  let level: readonly Json[] = [value];
  for (let depth = 0; depth <= maxDepth; depth += 1) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? (Object.values(one) as Json[]) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function tooDeep() {
  return upstreamError({
    code: 'data.answer-invalid',
    message: `The answer of the API is nested deeper than ${maxDepth} levels.`,
    hint: 'Ask the API for less, or for another form.',
  });
}

function statusError(status: number, text: string) {
  const excerpt = text.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
  const hints: Readonly<Record<number, string>> = {
    401: 'Check the authentication of the data source.',
    403: 'The account of the data source may not do this.',
    404: 'Check the base URL and the path.',
    429: 'The API limits how often it is called; try again later.',
  };
  return upstreamError({
    code: 'data.status',
    message: `The API answered with status ${status}${excerpt === '' ? '.' : `: ${excerpt}`}`,
    hint:
      hints[status] ?? (status >= 500 ? 'The API itself failed; try again later.' : 'Check the request of the query.'),
    details: { status },
  });
}

function mapResult(request: QueryRequest, answer: Answer): Json {
  const { result } = request.settings;
  if (typeof result !== 'string' || result.trim() === '') return answer.data;
  const { data, status, headers } = answer;
  const names = queryNames(request, { data, status, headers });
  return fillValue(result, names, '/settings/result') as Json;
}

/** Columns of a list of objects, from its first rows. */
function columnsOf(rows: readonly Json[]): readonly ResultColumn[] {
  const types = new Map<string, ResultColumn['type'] | undefined>();
  for (const row of rows.slice(0, 50)) {
    if (!isJsonObject(row)) continue;
    for (const [name, value] of Object.entries(row)) {
      const known = types.get(name);
      const type = typeOf(value);
      types.set(
        name,
        known === undefined || type === undefined || known === type ? (type ?? known) : widen(known, type),
      );
    }
  }
  return [...types].map(([name, type]) => ({ name, type: type ?? 'text' }));
}

function typeOf(value: Json): ResultColumn['type'] | undefined {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'integer' : 'number';
  return typeof value === 'object' ? 'json' : 'text';
}

function widen(a: ResultColumn['type'], b: ResultColumn['type']): ResultColumn['type'] {
  const isNumeric = (type: string): boolean => type === 'integer' || type === 'number';
  if (isNumeric(a) && isNumeric(b)) return 'number';
  return a === 'json' || b === 'json' ? 'json' : 'text';
}
