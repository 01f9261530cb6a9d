import type { HookReply } from './hook-replies.ts';
import { textInBody } from './signed-parts.ts';
import type { WebhookAuth } from './webhook-auth.ts';

/**
 * The answer to a sender that asks whether this address is its owner's before it sends anything: Slack, whose
 * `url_verification` wants its `challenge` back (https://docs.slack.dev/reference/events/url_verification). No flow starts.
 * Undefined for everything else. Asked of requests that are known to be genuine.
 */
export function answerHandshake({ kind }: WebhookAuth, body: Uint8Array): HookReply | undefined {
  if (kind !== 'slack' || textInBody(body, 'type') !== 'url_verification') return undefined;
  const challenge = textInBody(body, 'challenge');
  if (challenge === undefined) return undefined;
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: { challenge } };
}
