import type { Json } from '@fettle/base';
import type { FlowActionContext } from '@fettle/sdk/server';
import { bodyOf, isSuccess, sendRequest, statusError, type Answer, type OutgoingRequest } from './send-request.ts';

/** Sends JSON and answers JSON; any status but 2xx throws. */
export async function sendJson(
  context: FlowActionContext,
  request: Omit<OutgoingRequest, 'body'> & { readonly json?: unknown },
): Promise<{ readonly answer: Answer; readonly body: Json }> {
  const { json, ...rest } = request;
  const answer = await sendRequest(context, {
    ...rest,
    headers: {
      accept: 'application/json',
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...rest.headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  if (!isSuccess(answer.status)) throw statusError(answer, request.service, context.now());
  return { answer, body: bodyOf(answer) };
}

/** `base` with path segments added, each encoded. */
export function addressBelow(base: string, ...segments: readonly string[]): string {
  return [base.replace(/\/+$/, ''), ...segments.map(encodeURIComponent)].join('/');
}

/** A member of an answer as text; empty when it is not there. */
export function textAt(body: Json, ...path: readonly (string | number)[]): string {
  let value: unknown = body;
  for (const part of path)
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}
