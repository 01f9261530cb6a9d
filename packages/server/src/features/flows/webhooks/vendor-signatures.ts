import { isAnySame } from './same-text.ts';
import { accept, headerOf, hmacOf, isRecent, refuse, textInBody } from './signed-parts.ts';
import type { WebhookCheck, WebhookVerdict } from './webhook-auth.ts';

/** Headers longer than this hold no signature. */
const longestHeader = 4_096;
/** No sender signs with more secrets than this at once. */
const mostSignatures = 20;

/**
 * Standard Webhooks (https://www.standardwebhooks.com): `webhook-id`, `webhook-timestamp` and `webhook-signature`, which
 * lists `v1,<base64>`. Secrets are `whsec_` and the key in base64.
 */
export function verifyStandardWebhooks({ request, secrets, now }: WebhookCheck): WebhookVerdict {
  const id = headerOf(request, 'webhook-id');
  const timestamp = headerOf(request, 'webhook-timestamp');
  const given = signaturesIn(headerOf(request, 'webhook-signature'), ' ', 'v1,');
  if (id === undefined || id === '' || timestamp === undefined || given === undefined) return refuse('unsigned');
  if (!isRecent(timestamp, now)) return refuse('old');
  const expected = secrets.map((secret) =>
    hmacOf(keyOf(secret), [`${id}.${timestamp}.`, request.body], { encoding: 'base64' }),
  );
  return isAnySame(given, expected) ? accept(id) : refuse('signature');
}

// A secret that is no base64 was not made by a sender of this standard; its own characters are then the key.
function keyOf(secret: string): Buffer {
  const text = secret.replace(/^whsec_/, '');
  const key = Buffer.from(text, 'base64');
  return key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '') ? key : Buffer.from(text);
}

/** GitHub: `x-hub-signature-256: sha256=<hex>` over the body; `x-github-delivery` is the same for a redelivery. */
export function verifyGithub({ request, secrets }: WebhookCheck): WebhookVerdict {
  const given = signaturesIn(headerOf(request, 'x-hub-signature-256'), undefined, 'sha256=');
  if (given === undefined) return refuse('unsigned');
  const expected = secrets.map((secret) => hmacOf(secret, [request.body]));
  return isAnySame(given, expected) ? accept(headerOf(request, 'x-github-delivery')) : refuse('signature');
}

/** Slack: `x-slack-signature: v0=<hex>` over `v0:<timestamp>:<body>`. Events carry their id in the body. */
export function verifySlack({ request, secrets, now }: WebhookCheck): WebhookVerdict {
  const timestamp = headerOf(request, 'x-slack-request-timestamp');
  const given = signaturesIn(headerOf(request, 'x-slack-signature'), undefined, 'v0=');
  if (timestamp === undefined || given === undefined) return refuse('unsigned');
  if (!isRecent(timestamp, now)) return refuse('old');
  const expected = secrets.map((secret) => hmacOf(secret, [`v0:${timestamp}:`, request.body]));
  return isAnySame(given, expected) ? accept(textInBody(request.body, 'event_id')) : refuse('signature');
}

/** Stripe: `stripe-signature: t=<timestamp>,v1=<hex>[,v1=<hex>]` over `<timestamp>.<body>`. */
export function verifyStripe({ request, secrets, now }: WebhookCheck): WebhookVerdict {
  const header = headerOf(request, 'stripe-signature');
  const given = signaturesIn(header, ',', 'v1=');
  const timestamp = signaturesIn(header, ',', 't=')?.[0];
  if (timestamp === undefined || given === undefined) return refuse('unsigned');
  if (!isRecent(timestamp, now)) return refuse('old');
  const expected = secrets.map((secret) => hmacOf(secret, [`${timestamp}.`, request.body]));
  return isAnySame(given, expected) ? accept(textInBody(request.body, 'id')) : refuse('signature');
}

/** PagerDuty (v3): `x-pagerduty-signature: v1=<hex>[,v1=<hex>]` over the body. */
export function verifyPagerduty({ request, secrets }: WebhookCheck): WebhookVerdict {
  const given = signaturesIn(headerOf(request, 'x-pagerduty-signature'), ',', 'v1=');
  if (given === undefined) return refuse('unsigned');
  const expected = secrets.map((secret) => hmacOf(secret, [request.body]));
  return isAnySame(given, expected) ? accept(textInBody(request.body, 'event', 'id')) : refuse('signature');
}

/** What follows `prefix` in the parts of a header; undefined when no part begins with it. */
function signaturesIn(
  header: string | undefined,
  separator: string | undefined,
  prefix: string,
): readonly string[] | undefined {
  if (header === undefined || header.length > longestHeader) return undefined;
  const parts = separator === undefined ? [header] : header.split(separator);
  const found = parts.flatMap((part) => {
    const text = part.trim();
    return text.startsWith(prefix) && text.length > prefix.length ? [text.slice(prefix.length)] : [];
  });
  return found.length === 0 ? undefined : found.slice(0, mostSignatures);
}
