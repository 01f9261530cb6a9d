import type { ServerResponse } from 'node:http';
import { AppError, toProblemDetails } from '@fettle/base';

/** Answers with JSON in one write; `undefined` is an answer without content. */
export function sendJson(response: ServerResponse, value: unknown, headers: readonly string[]): void {
  if (value === undefined) {
    response.writeHead(204, [...headers]);
    response.end();
    return;
  }
  const text = JSON.stringify(value);
  response.writeHead(200, [
    'Content-Type',
    'application/json; charset=utf-8',
    'Content-Length',
    String(Buffer.byteLength(text)),
    ...headers,
  ]);
  response.end(text);
}

// HTTP knows these two mistakes by statuses of their own.
const statusOfCode: Readonly<Record<string, number>> = { 'route.method': 405, 'body.wrong-type': 415 };

/** Answers with problem details (RFC 9457). */
export function sendProblem(
  response: ServerResponse,
  error: unknown,
  options: { readonly requestId: string; readonly headers: readonly string[] },
): void {
  const details = toProblemDetails(error, options.requestId);
  const problem = { ...details, status: statusOfCode[details.code] ?? details.status };
  const text = JSON.stringify(problem);
  const extra = error instanceof AppError ? extraHeaders(error) : [];
  // Headers of a download that did not come about must not describe the problem.
  for (const name of ['Content-Disposition', 'Content-Encoding', 'Content-Length', 'ETag']) response.removeHeader(name);
  response.writeHead(problem.status, [
    'Content-Type',
    'application/problem+json',
    'Content-Length',
    String(Buffer.byteLength(text)),
    ...options.headers,
    ...extra,
  ]);
  response.end(text);
}

function extraHeaders(error: AppError): readonly string[] {
  const seconds = error.details?.['retryAfterSeconds'];
  return typeof seconds === 'number' ? ['Retry-After', String(Math.ceil(seconds))] : [];
}
