import { setTimeout } from 'node:timers/promises';
import { AppError, isJsonObject, upstreamError, type Json } from '@fettle/base';
import type { FlowActionContext } from '@fettle/sdk/server';
import { addressBelow, sendJson, textAt } from '../http/send-json.ts';
import { optionalText, requiredText } from '../required.ts';

/** One message of a conversation. */
export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Tokens as the service counts them; 0 when it does not say. */
export interface ModelUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What a model said. */
export interface ModelReply extends ModelUsage {
  readonly text: string;
}

const tries = 3;
const longestPauseMs = 30_000;
/** Models think before they say anything. */
const silenceMs = 170_000;
const maxBytes = 5_000_000;

/** What a service did not know, and so is not asked for again. */
interface Dialect {
  readonly hasSchema: boolean;
  readonly limitName: 'max_completion_tokens' | 'max_tokens';
}

/**
 * Asks a model by `POST /chat/completions`. A service that is busy is asked again after the time it names; one that does
 * not know schemas or the newer name of the limit is asked in the way that it knows.
 */
export async function askOnce(
  context: FlowActionContext,
  messages: readonly ModelMessage[],
  schema: Readonly<Record<string, Json>> | undefined,
): Promise<ModelReply> {
  let dialect: Dialect = { hasSchema: schema !== undefined, limitName: 'max_completion_tokens' };
  for (let attempt = 1; ;) {
    try {
      // oxlint-disable-next-line no-await-in-loop
      return await send(context, messages, dialect.hasSchema ? schema : undefined, dialect.limitName);
    } catch (error) {
      const known = dialectAfter(error, dialect);
      if (known !== undefined) {
        dialect = known;
        continue;
      }
      const pauseMs = pauseAfter(error, attempt);
      if (pauseMs === undefined) throw error;
      context.log('warn', `The model is busy: asked again in ${Math.ceil(pauseMs / 1000)} s.`);
      attempt += 1;
      // oxlint-disable-next-line no-await-in-loop
      await setTimeout(pauseMs, undefined, { signal: context.signal }).catch(() => context.signal.throwIfAborted());
    }
  }
}

async function send(
  context: FlowActionContext,
  messages: readonly ModelMessage[],
  schema: Readonly<Record<string, Json>> | undefined,
  limitName: Dialect['limitName'],
): Promise<ModelReply> {
  const { settings, secrets } = context;
  const { body } = await sendJson(context, {
    url: addressBelow(optionalText(settings['baseUrl']) ?? 'https://api.openai.com/v1', 'chat', 'completions'),
    method: 'POST',
    headers: secrets['apiKey'] === undefined ? {} : { authorization: `Bearer ${secrets['apiKey']}` },
    service: 'The language model',
    silenceMs,
    maxBytes,
    json: {
      model: requiredText(settings['model'], 'Name the model.'),
      messages,
      [limitName]: Number(settings['maxOutput'] ?? 4000),
      ...(settings['temperature'] === undefined ? {} : { temperature: Number(settings['temperature']) }),
      ...(schema === undefined
        ? {}
        : {
            response_format: {
              type: 'json_schema',
              json_schema: { name: 'answer', strict: isStrict(schema), schema },
            },
          }),
    },
  });
  const text = textAt(body, 'choices', 0, 'message', 'content');
  const end = textAt(body, 'choices', 0, 'finish_reason');
  if (end === 'length') throw cutOff();
  if (text.trim() === '') throw noAnswer(textAt(body, 'choices', 0, 'message', 'refusal'), end);
  return {
    text,
    inputTokens: countAt(body, 'prompt_tokens'),
    outputTokens: countAt(body, 'completion_tokens'),
  };
}

function countAt(body: Json, name: string): number {
  return Math.max(0, Math.trunc(Number(textAt(body, 'usage', name)) || 0));
}

/** Services refuse a strict schema unless every member is required and no other is allowed. */
function isStrict(schema: Json): boolean {
  if (Array.isArray(schema)) return schema.every((one) => isStrict(one as Json));
  if (!isJsonObject(schema)) return true;
  const members = schema['properties'];
  if (isJsonObject(members)) {
    const required = new Set((schema['required'] as readonly Json[] | undefined) ?? []);
    if (schema['additionalProperties'] !== false) return false;
    if (Object.keys(members).some((name) => !required.has(name))) return false;
  } else if (schema['type'] === 'object') return false;
  return Object.values(schema).every((one) => isStrict(one as Json));
}

function dialectAfter(error: unknown, dialect: Dialect): Dialect | undefined {
  if (!(error instanceof AppError) || ![400, 422].includes(Number(error.details?.['status']))) return undefined;
  const { message } = error;
  if (dialect.limitName === 'max_completion_tokens' && message.includes('max_completion_tokens'))
    return { ...dialect, limitName: 'max_tokens' };
  if (dialect.hasSchema && /response_format|json_schema|schema/i.test(message)) return { ...dialect, hasSchema: false };
  return undefined;
}

/** How long to wait before asking again; undefined when it is no use. */
function pauseAfter(error: unknown, attempt: number): number | undefined {
  if (!(error instanceof AppError) || attempt >= tries) return undefined;
  const status = Number(error.details?.['status']);
  if (status !== 429 && !(status >= 500 && status <= 599)) return undefined;
  const told = error.details?.['retryAfterMs'];
  const pauseMs = typeof told === 'number' ? told : 1000 * 2 ** (attempt - 1);
  // The step itself can be tried again later, without holding a worker until then.
  return pauseMs > longestPauseMs ? undefined : pauseMs;
}

function cutOff(): AppError {
  return upstreamError({
    code: 'model.cut-off',
    message: 'The answer of the model was cut off at its limit.',
    hint: 'Allow a longer answer in the step, or ask for less.',
  });
}

function noAnswer(refusal: string, end: string): AppError {
  const reason = refusal !== '' ? `The model refused: ${refusal.slice(0, 300)}` : 'The model gave no answer.';
  return upstreamError({
    code: 'model.no-answer',
    message: end === 'content_filter' ? 'The service withheld the answer (content filter).' : reason,
    hint: 'Change the instructions or the text.',
  });
}
