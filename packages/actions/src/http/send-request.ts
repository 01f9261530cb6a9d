import { AppError, charsetOf, decodeText, upstreamError, type Json } from '@fettle/base';
import type { FlowActionContext } from '@fettle/sdk/server';
import { withoutSecrets } from './secret-text.ts';

/** A request of an action, ready to be sent. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Largest answer that is read, in bytes; 10 MB when absent. */
  readonly maxBytes?: number;
  /** How long the other side may say nothing, in milliseconds; a minute when absent. */
  readonly silenceMs?: number;
  /** What the person calls the other side: stands in errors. */
  readonly service: string;
  /** User name sent along with a password, so that both together are found in an answer. */
  readonly user?: string;
}

/** An answer whose text has no secrets in it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** False for pictures, archives and the like: their text means nothing. */
  readonly isText: boolean;
  readonly bytes: Uint8Array;
}

const userAgent = 'Fettle';
export const defaultMaxBytes = 10_000_000;

/** Sends a request by the guarded client. Answers of any status come back; not being reached is an upstream error. */
export async function sendRequest(context: FlowActionContext, request: OutgoingRequest): Promise<Answer> {
  const { signal, secrets } = context;
  signal.throwIfAborted();
  const { service, user, url, maxBytes = defaultMaxBytes, ...rest } = request;
  const headers = { 'user-agent': userAgent, ...lowerCased(rest.headers) };
  try {
    const reply = await context.fetch(url, { ...rest, headers, signal, maxBytes });
    const clean = (text: string): string => withoutSecrets(text, secrets, user);
    const text = decodeText(reply.body, charsetOf(reply.headers['content-type'])) ?? decodeText(reply.body);
    return {
      status: reply.status,
      headers: Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name, clean(value)])),
      text: clean(text ?? new TextDecoder().decode(reply.body)),
      isText: text !== undefined,
      bytes: reply.body,
    };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw upstreamError({
      code: 'http.unreachable',
      message: `${service} does not answer.`,
      hint: 'Check the address, and that the service can be reached from this server.',
      cause: error,
    });
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** True for statuses that say that it worked. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

const hints: Readonly<Record<number, string>> = {
  400: 'Look at what the step sends.',
  401: 'Check the stored secret that the step uses.',
  403: 'The account may not do this. Give it the right, or use another one.',
  404: 'Check the address and the names in the settings.',
  429: 'The service limits how often it is called: let the step try again later.',
};

/** The error of an answer that says that it did not work. `details` hold the status and after how long to try again. */
export function statusError(answer: Answer, service: string, now: number): AppError {
  const { status } = answer;
  const excerpt = answer.text.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
  const retryAfterMs = retryAfterOf(answer.headers, now);
  return new AppError(status === 429 ? 'too-many' : 'upstream', {
    code: status === 429 ? 'http.too-many' : status >= 500 ? 'http.server-error' : 'http.status',
    message: `${service} answered with status ${status}${excerpt === '' ? '.' : `: ${excerpt}`}`,
    hint:
      hints[status] ??
      (status >= 500 ? 'The service itself failed: let the step try again.' : 'Look at what the step sends.'),
    details: { status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  });
}

/** What `Retry-After` says, in milliseconds (RFC 9110 10.2.3: seconds or a date). */
export function retryAfterOf(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}

/** The body as JSON when it is JSON, else as text; null when it is empty. */
export function bodyOf(answer: Answer): Json {
  if (answer.text.trim() === '') return null;
  const isJson = /[/+]json\b/i.test(answer.headers['content-type'] ?? '');
  if (!isJson && !/^\s*[[{]/.test(answer.text)) return answer.text;
  try {
    return JSON.parse(answer.text) as Json;
  } catch {
    return answer.text;
  }
}
