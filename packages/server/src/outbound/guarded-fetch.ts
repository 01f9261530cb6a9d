import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { buildConnector, Dispatcher } from 'undici';
import type * as Undici from 'undici';
import { AppError, inputError } from '@fettle/base';
import type { GuardedFetch } from '@fettle/sdk/server';
import type { OutboundGuard } from './outbound-guard.ts';

/** Times of the guarded client, in milliseconds. */
export interface GuardedFetchLimits {
  readonly connectMs: number;
  readonly headersMs: number;
  readonly bodyMs: number;
}

const defaultLimits: GuardedFetchLimits = { connectMs: 10_000, headersMs: 60_000, bodyMs: 30_000 };
const maxRedirects = 5;
// Set by the transport alone: a caller's value could smuggle a second request or a foreign host.
const transportHeaders = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
  'keep-alive',
  'te',
  'trailer',
]);
// All that may follow a redirect to another origin; any other header may be somebody's key.
const portableHeaders = new Set(['accept', 'accept-language', 'content-type', 'user-agent', 'accept-encoding']);

/** The guarded client as the server itself uses it: it may look at every address on the way, redirects included. */
export type ServerFetch = (
  url: string,
  options: Parameters<GuardedFetch>[1] & {
    /** Throws where a request must not go. */
    readonly checkHop?: (url: URL) => void;
  },
) => ReturnType<GuardedFetch>;

interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/**
 * The one way HTTP leaves this server. Addresses are checked where the connection is made, with the very address
 * that is then connected to; redirects are followed by hand and checked again; sizes and times are bounded.
 */
export function createGuardedFetch(
  guard: OutboundGuard,
  limits: GuardedFetchLimits = defaultLimits,
): ServerFetch & {
  close(): Promise<void>;
} {
  let opening: Promise<HttpClient> | undefined;
  const fetchGuarded: ServerFetch = async (url, options) => {
    let hop: Hop = {
      url: parseUrl(url),
      method: options.method.toUpperCase(),
      headers: parseHeaders(options.headers),
      body: options.body,
    };
    for (let redirects = 0; ; redirects += 1) {
      options.checkHop?.(hop.url);
      const response = await send(await (opening ??= openClient(guard, limits)), hop, options);
      const next = redirectOf(response, hop);
      if (next === undefined) return await readResponse(response, options.maxBytes);
      response.body.on('error', () => undefined).destroy();
      if (redirects >= maxRedirects) {
        throw new AppError('upstream', {
          code: 'outbound.too-many-redirects',
          message: `The address redirects more than ${maxRedirects} times.`,
          hint: 'Use the address it ends at.',
        });
      }
      hop = next;
    }
  };
  return Object.assign(fetchGuarded, { close: async () => (await opening)?.dispatcher.close() });
}

interface HttpClient {
  readonly dispatcher: Dispatcher;
  readonly request: typeof Undici.request;
}

/** The HTTP library is large and many installations never call out: it is loaded for the first call. */
async function openClient(guard: OutboundGuard, limits: GuardedFetchLimits): Promise<HttpClient> {
  const { Agent, buildConnector, request } = await import('undici');
  const dispatcher = new Agent({
    connect: createConnector(guard, buildConnector({ timeout: limits.connectMs, allowH2: false })),
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyMs,
    maxResponseSize: -1,
    maxHeaderSize: 64 * 1024,
    pipelining: 1,
  });
  return { dispatcher, request };
}

function createConnector(guard: OutboundGuard, connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    const host = options.hostname.replace(/^\[|\]$/g, '');
    guard.check(host, port, 'http').then(
      ([first, ...others]) => {
        const attempt = (address: string, rest: readonly { readonly address: string }[]): void => {
          // The certificate is checked against the name that was asked for, not the address.
          connect({ ...options, hostname: address }, (error, socket) => {
            const [next, ...remaining] = rest;
            if (error !== null && next !== undefined) attempt(next.address, remaining);
            else if (error === null) callback(null, socket);
            else callback(error, null);
          });
        };
        attempt(first?.address ?? '', others);
      },
      (error: unknown) => callback(error as Error, null),
    );
  };
}

function parseUrl(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw badUrl('This is not a web address.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw badUrl('Only http and https addresses can be called.');
  if (url.username !== '' || url.password !== '') throw badUrl('An address cannot hold a user name or password.');
  if (url.port === '0') throw badUrl('Port 0 cannot be called.');
  url.hash = '';
  return url;
}

function parseHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const result: Record<string, string> = { 'accept-encoding': 'gzip, deflate, br' };
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || /[\r\n\0]/.test(value)) {
      throw inputError({
        code: 'outbound.header-invalid',
        message: `The header "${name.slice(0, 60)}" holds characters that a header cannot hold.`,
        hint: 'Remove line breaks and special characters.',
      });
    }
    if (transportHeaders.has(name)) {
      throw inputError({
        code: 'outbound.header-reserved',
        message: `The header "${name}" is set by the server itself.`,
        hint: 'Remove it.',
      });
    }
    if (name !== 'accept-encoding') result[name] = value;
  }
  return result;
}

async function send(
  client: HttpClient,
  hop: Hop,
  { signal, silenceMs }: Pick<Parameters<GuardedFetch>[1], 'signal' | 'silenceMs'>,
): Promise<Dispatcher.ResponseData> {
  try {
    return await client.request(hop.url, {
      dispatcher: client.dispatcher,
      method: hop.method as Dispatcher.HttpMethod,
      headers: hop.headers,
      body: hop.body ?? null,
      signal,
      ...(silenceMs === undefined ? {} : { headersTimeout: silenceMs, bodyTimeout: silenceMs }),
    });
  } catch (cause) {
    throw translate(cause, signal);
  }
}

function redirectOf(response: Dispatcher.ResponseData, hop: Hop): Hop | undefined {
  if (![301, 302, 303, 307, 308].includes(response.statusCode)) return undefined;
  const location = headerText(response.headers['location']);
  if (location === undefined) return undefined;
  let absolute: string;
  try {
    absolute = new URL(location, hop.url).href;
  } catch {
    throw badUrl('The address redirects to something that is not a web address.');
  }
  const url = parseUrl(absolute);
  const becomesGet =
    (response.statusCode === 303 && hop.method !== 'HEAD') || (response.statusCode < 303 && hop.method === 'POST');
  const isSameOrigin = url.origin === hop.url.origin;
  const headers = Object.entries(hop.headers).filter(
    ([name]) => (isSameOrigin || portableHeaders.has(name)) && !(becomesGet && name === 'content-type'),
  );
  return {
    url,
    method: becomesGet ? 'GET' : hop.method,
    headers: Object.fromEntries(headers),
    body: becomesGet ? undefined : hop.body,
  };
}

async function readResponse(response: Dispatcher.ResponseData, maxBytes: number) {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    const text = headerText(value);
    if (text !== undefined) headers[name] = text;
  }
  const body = await readBody(response.body, headers['content-encoding'], maxBytes);
  delete headers['content-encoding'];
  delete headers['content-length'];
  return { status: response.statusCode, headers, body };
}

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

async function readBody(body: Readable, encoding: string | undefined, maxBytes: number): Promise<Uint8Array> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  const decoder = name === 'identity' || name === '' ? undefined : decoders[name]?.();
  if (decoder === undefined && name !== 'identity' && name !== '') {
    body.on('error', () => undefined).destroy();
    throw new AppError('upstream', {
      code: 'outbound.encoding-unknown',
      message: 'The answer is compressed in a way that cannot be read.',
      hint: 'Ask the service for gzip, deflate or br.',
    });
  }
  const source = decoder === undefined ? body : body.on('error', (error) => decoder.destroy(error)).pipe(decoder);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // What counts is what arrives after unpacking: a small packed answer can hold gigabytes.
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (cause) {
    body.on('error', () => undefined).destroy();
    throw translate(cause);
  }
  return Buffer.concat(chunks);
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

function translate(cause: unknown, signal?: AbortSignal): unknown {
  if (cause instanceof AppError) return cause;
  if (signal?.aborted === true) return signal.reason instanceof Error ? signal.reason : cause;
  const code = cause instanceof Error ? (cause as Error & { code?: string }).code : undefined;
  const isTimeout = code !== undefined && /TIMEOUT/.test(code);
  return new AppError(isTimeout ? 'timeout' : 'upstream', {
    code: isTimeout ? 'outbound.timeout' : 'outbound.failed',
    message: isTimeout
      ? 'The service did not answer in time.'
      : 'The service cannot be reached or broke the connection.',
    hint: 'Check the address and that the service runs, then try again.',
    cause,
  });
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('upstream', {
    code: 'outbound.too-large',
    message: `The answer is larger than ${Math.round(maxBytes / 1024)} kB.`,
    hint: 'Ask the service for less, e.g. with paging.',
  });
}

function badUrl(message: string): AppError {
  return inputError({ code: 'outbound.url-invalid', message, hint: 'For example: https://api.example.com/v1/items' });
}
