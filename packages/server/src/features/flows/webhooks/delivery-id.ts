import { createHash } from 'node:crypto';
import type { Json } from '@fettle/base';
import type { App } from '@fettle/definition';
import { startKey } from '@fettle/flow';
import { headerOf } from './signed-parts.ts';
import type { WebhookRequest } from './webhook-auth.ts';
import type { WebhookSettings } from './webhook-settings.ts';

/** A genuine request, and what its flow gets of it. */
export interface Delivery {
  readonly hook: WebhookSettings;
  readonly request: WebhookRequest;
  /** The id that its sender's signature covers. */
  readonly signedId: string | undefined;
  readonly trigger: Json;
  /** Functions of plugins that the app's expressions call. */
  readonly functions: App['functions'];
}

/** What is the same for every repetition of a request; undefined when nothing tells repetitions from new ones. */
export function deliveryIdOf({ hook, request, signedId, trigger, functions }: Delivery): string | undefined {
  const chosen = hook.deliveryKey === undefined ? '' : startKey(hook.deliveryKey, { trigger, user: null, functions });
  if (chosen !== '') return `key ${chosen}`;
  const { auth, deliveryHeader } = hook;
  // What is not signed can be changed by whoever repeats the request: the body itself cannot.
  if (auth.kind === 'github' || auth.kind === 'pagerduty') return `${auth.kind} ${hashOf(request.body)}`;
  if (signedId !== undefined) return signedId;
  const given = auth.kind === 'slack' ? undefined : headerOf(request, deliveryHeader)?.slice(0, 500);
  if (given !== undefined && given !== '') return given;
  // Signed together with its time, the very same request does not come twice by itself. The signature itself would not
  // do: it can be written in more than one way.
  const name = timestampHeaderOf(hook);
  return name === undefined ? undefined : `signed ${hashOf(headerOf(request, name) ?? '', request.body)}`;
}

function timestampHeaderOf({ auth }: WebhookSettings): string | undefined {
  if (auth.kind === 'slack') return 'x-slack-request-timestamp';
  return auth.kind === 'hmac' ? auth.timestampHeader : undefined;
}

function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}
