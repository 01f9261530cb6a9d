import { assertNever } from '@fettle/base';
import { isAnySame } from './same-text.ts';
import { accept, headerOf, hmacOf, isRecent, refuse } from './signed-parts.ts';
import {
  verifyGithub,
  verifyPagerduty,
  verifySlack,
  verifyStandardWebhooks,
  verifyStripe,
} from './vendor-signatures.ts';
import type { WebhookAuth, WebhookCheck, WebhookVerdict } from './webhook-auth.ts';

/**
 * Whether a request comes from who may send it. Nothing is trusted before: the body is looked into only after its
 * signature held. Without a secret everything but `none` is refused, so that a lost secret never opens a webhook.
 */
export function verifyWebhook(auth: WebhookAuth, check: WebhookCheck): WebhookVerdict {
  if (auth.kind === 'none') return accept();
  const secrets = check.secrets.filter((secret) => secret !== '');
  if (secrets.length === 0) return refuse('no secret is set');
  const given = { ...check, secrets };
  switch (auth.kind) {
    case 'token':
      return verifyToken(auth, given);
    case 'basic':
      return verifyBasic(given);
    case 'hmac':
      return verifyHmac(auth, given);
    case 'standard-webhooks':
      return verifyStandardWebhooks(given);
    case 'github':
      return verifyGithub(given);
    case 'slack':
      return verifySlack(given);
    case 'stripe':
      return verifyStripe(given);
    case 'pagerduty':
      return verifyPagerduty(given);
    default:
      return assertNever(auth);
  }
}

function verifyToken(
  { header }: Extract<WebhookAuth, { readonly kind: 'token' }>,
  { request, secrets }: WebhookCheck,
): WebhookVerdict {
  const value = headerOf(request, header ?? 'authorization');
  const token = header === undefined ? /^Bearer +(.+)$/i.exec(value ?? '')?.[1] : value;
  if (token === undefined) return refuse('no token');
  return isAnySame([token], secrets) ? accept() : refuse('token');
}

function verifyBasic({ request, secrets }: WebhookCheck): WebhookVerdict {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
  if (encoded === undefined) return refuse('no password');
  return isAnySame([Buffer.from(encoded, 'base64').toString('utf8')], secrets) ? accept() : refuse('password');
}

function verifyHmac(
  auth: Extract<WebhookAuth, { readonly kind: 'hmac' }>,
  { request, secrets, now }: WebhookCheck,
): WebhookVerdict {
  const { algorithm, encoding, prefix = '', timestampHeader } = auth;
  const value = headerOf(request, auth.header);
  if (value === undefined || !value.startsWith(prefix) || value.length === prefix.length) return refuse('unsigned');
  const timestamp = timestampHeader === undefined ? undefined : headerOf(request, timestampHeader);
  if (timestampHeader !== undefined) {
    if (timestamp === undefined) return refuse('unsigned');
    if (!isRecent(timestamp, now)) return refuse('old');
  }
  const parts = timestamp === undefined ? [request.body] : [`${timestamp}.`, request.body];
  const expected = secrets.map((secret) => hmacOf(secret, parts, { algorithm, encoding }));
  const signature = value.slice(prefix.length);
  // Hexadecimal may come in capitals.
  const given = encoding === 'hex' ? signature.toLowerCase() : signature;
  return isAnySame([given], expected) ? accept() : refuse('signature');
}
