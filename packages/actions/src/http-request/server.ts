import { inputError, upstreamError } from '@fettle/base';
import type { FlowActionContext, FlowActionImplementation } from '@fettle/sdk/server';
import {
  bodyOf,
  defaultMaxBytes,
  isSuccess,
  retryAfterOf,
  sendRequest,
  statusError,
  type Answer,
  type OutgoingRequest,
} from '../http/send-request.ts';
import type { Pair } from '../http/settings.ts';
import { listOf, optionalText, required, requiredText } from '../required.ts';
import { bodyToSend } from './request-body.ts';

const service = 'The address';

/** See {@link httpRequestManifest}. */
export const action: FlowActionImplementation = {
  describe: (settings) =>
    `${optionalText(settings['method']) ?? 'GET'} ${(optionalText(settings['url']) ?? 'without an address').slice(0, 200)}`,

  async run(context) {
    const { settings, now, signal } = context;
    signal.throwIfAborted();
    const answer = await sendRequest(context, await requestOf(context));
    if (answer.status >= 400 && settings['failOnStatus'] !== false) throw statusError(answer, service, now());
    const retryAfterMs = retryAfterOf(answer.headers, now());
    return {
      status: answer.status,
      ok: isSuccess(answer.status),
      headers: answer.headers,
      ...(await contentOf(context, answer)),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  },
};

async function requestOf(context: FlowActionContext): Promise<OutgoingRequest> {
  const { settings, idempotencyKey } = context;
  const method = optionalText(settings['method']) ?? 'GET';
  const content = method === 'GET' || method === 'HEAD' ? undefined : await bodyToSend(context);
  const headers: Record<string, string> = {};
  if (content !== undefined) headers['content-type'] = content.type;
  if (settings['sendKey'] !== false && method !== 'GET' && method !== 'HEAD')
    headers['idempotency-key'] = idempotencyKey;
  Object.assign(headers, signIn(context));
  for (const { name, value } of listOf<Pair>(settings['headers']))
    headers[name.toLowerCase()] = optionalText(value) ?? '';
  return {
    url: addressOf(settings),
    method,
    headers,
    service,
    maxBytes: Number(settings['maxBytes'] ?? defaultMaxBytes),
    ...(content === undefined ? {} : { body: content.body }),
    ...(typeof settings['user'] === 'string' ? { user: settings['user'] } : {}),
  };
}

function addressOf(settings: FlowActionContext['settings']): string {
  const text = requiredText(settings['url'], 'Give the address to call.');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw inputError({
      code: 'http.address-invalid',
      message: 'This is not a web address.',
      hint: 'Write it in full, such as https://api.example.com/orders.',
    });
  }
  for (const { name, value } of listOf<Pair>(settings['query'])) {
    const part = optionalText(value);
    if (part !== undefined) url.searchParams.append(name, part);
  }
  return url.href;
}

function signIn({ settings, secrets }: FlowActionContext): Readonly<Record<string, string>> {
  const kind = settings['authentication'] ?? 'none';
  if (kind === 'none') return {};
  const secret = required(secrets['secret'], 'Choose the stored secret to sign in with.');
  if (kind === 'bearer') return { authorization: `Bearer ${secret}` };
  if (kind === 'header') return { [(optionalText(settings['keyHeader']) ?? 'X-Api-Key').toLowerCase()]: secret };
  const user = optionalText(settings['user']) ?? '';
  return { authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}` };
}

async function contentOf({ settings, files }: FlowActionContext, answer: Answer) {
  const storedAnswer = async () => {
    const type = answer.headers['content-type'] ?? 'application/octet-stream';
    const id = await files.write({ name: fileNameOf(answer, settings), type, bytes: answer.bytes });
    return { body: null, file: { id, type, size: answer.bytes.length } };
  };
  switch (settings['answerAs']) {
    case 'text':
      return { body: answer.text };
    case 'file':
      return storedAnswer();
    case 'json': {
      const body = bodyOf(answer);
      if (typeof body !== 'string' || answer.text.trim().startsWith('"')) return { body };
      throw upstreamError({
        code: 'http.not-json',
        message: `${service} did not answer JSON.`,
        hint: 'Look at the answer, or take it as text.',
        details: { status: answer.status, excerpt: answer.text.slice(0, 300) },
      });
    }
    default:
      return answer.isText ? { body: bodyOf(answer) } : storedAnswer();
  }
}

function fileNameOf(answer: Answer, settings: FlowActionContext['settings']): string {
  const named = /filename="?([^";]+)"?/i.exec(answer.headers['content-disposition'] ?? '')?.[1];
  const last = new URL(optionalText(settings['url']) ?? 'http://x/').pathname.split('/').at(-1);
  return (named ?? (last === undefined || last === '' ? 'download' : last)).replaceAll(/[\\/]/g, '_').slice(0, 200);
}
