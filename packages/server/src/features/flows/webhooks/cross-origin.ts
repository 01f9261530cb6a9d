import type { WebhookSettings } from './webhook-settings.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** How long browsers need not ask again, in seconds. A changed trigger holds everywhere after that. */
const maxAge = 600;

/**
 * What the answer to a request of a page says to the browser. Empty for requests of other systems and for origins that
 * the trigger does not name. It never allows credentials: cookies do not count here.
 */
export function allowOrigin(
  hook: Pick<WebhookSettings, 'origins'>,
  headers: Headers,
): Readonly<Record<string, string>> {
  if (hook.origins.size === 0) return {};
  const { origin } = headers;
  const isAllowed = typeof origin === 'string' && hook.origins.has(origin);
  // The answer differs by origin also for whom it does not allow: caches must not mix them up.
  return { vary: 'Origin', ...(isAllowed ? { 'access-control-allow-origin': origin } : {}) };
}

/** The answer to a browser that asks before it sends; undefined when the page may not call. */
export function answerPreflight(hook: WebhookSettings, headers: Headers): Readonly<Record<string, string>> | undefined {
  const allowed = allowOrigin(hook, headers);
  const method = headers['access-control-request-method'];
  if (allowed['access-control-allow-origin'] === undefined) return undefined;
  if (typeof method !== 'string' || !hook.methods.includes(method)) return undefined;
  const asked = headers['access-control-request-headers'];
  const known = headersOf(hook);
  const names = (typeof asked === 'string' ? asked : '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => known.has(name));
  return {
    ...allowed,
    vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    'access-control-allow-methods': hook.methods.join(', '),
    ...(names.length === 0 ? {} : { 'access-control-allow-headers': names.join(', ') }),
    'access-control-max-age': String(maxAge),
  };
}

/** The headers that mean something to the webhook. */
function headersOf({ auth, deliveryHeader }: WebhookSettings): ReadonlySet<string> {
  const names = ['content-type', deliveryHeader];
  if (auth.kind === 'token') names.push(auth.header ?? 'authorization');
  if (auth.kind === 'basic') names.push('authorization');
  if (auth.kind === 'hmac')
    names.push(auth.header, ...(auth.timestampHeader === undefined ? [] : [auth.timestampHeader]));
  return new Set(names.map((name) => name.toLowerCase()));
}
