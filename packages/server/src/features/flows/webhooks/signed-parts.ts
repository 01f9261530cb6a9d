import { createHmac } from 'node:crypto';
import type { WebhookRequest, WebhookVerdict } from './webhook-auth.ts';

/** How far the clock of a sender may be off, and how old a request may be: what all of them recommend. */
const toleranceMs = 5 * 60_000;

/** One value of a header; undefined when it is absent or stands there more than once. */
export function headerOf(request: WebhookRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  if (typeof value === 'string') return value;
  return value?.length === 1 ? value[0] : undefined;
}

/** HMAC over parts that follow each other. */
export function hmacOf(
  key: string | Uint8Array,
  parts: readonly (string | Uint8Array)[],
  form: { readonly algorithm?: string; readonly encoding?: 'hex' | 'base64' } = {},
): string {
  const hmac = createHmac(form.algorithm ?? 'sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest(form.encoding ?? 'hex');
}

/** True for a time in whole seconds since 1970 that is neither old nor far in the future. */
export function isRecent(seconds: string, now: number): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(now - Number(seconds) * 1000) <= toleranceMs;
}

/** The refusal of a request. */
export function refuse(reason: string): WebhookVerdict {
  return { isGenuine: false, reason };
}

/** The acceptance of a request, with the sender's id of it when there is one. */
export function accept(deliveryId?: string): WebhookVerdict {
  const isUsable = deliveryId !== undefined && deliveryId !== '' && deliveryId.length <= 200;
  return isUsable ? { isGenuine: true, deliveryId } : { isGenuine: true };
}

/** A text in the JSON body, by the names that lead to it. */
export function textInBody(body: Uint8Array, ...path: readonly string[]): string | undefined {
  try {
    let value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    for (const name of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
