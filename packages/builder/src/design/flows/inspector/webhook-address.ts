/** The address of a webhook, as `verifyWebhook` and its route understand the settings. */
export function webhookAddress(
  place: { readonly origin: string; readonly slug: string },
  flow: { readonly name: string; readonly settings: Readonly<Record<string, unknown>> },
): string {
  const { path } = flow.settings;
  return `${place.origin}/api/hooks/${place.slug}/${typeof path === 'string' && path !== '' ? path : flow.name}`;
}

/** A command that calls the webhook; undefined where a signature must be worked out for each body. */
export function webhookCommand(address: string, settings: Readonly<Record<string, unknown>>): string | undefined {
  const auth = settings['auth'] ?? 'token';
  const header = settings['tokenHeader'];
  const proof: Readonly<Record<string, string>> = {
    none: '',
    basic: " -u 'USER:PASSWORD'",
    token: typeof header === 'string' && header !== '' ? ` -H '${header}: TOKEN'` : " -H 'Authorization: Bearer TOKEN'",
  };
  const shown = typeof auth === 'string' ? proof[auth] : undefined;
  if (shown === undefined) return undefined;
  const methods = Array.isArray(settings['methods']) ? settings['methods'] : [];
  const method = typeof methods[0] === 'string' ? methods[0] : 'POST';
  const body = method === 'GET' || method === 'DELETE' ? '' : ` -H 'Content-Type: application/json' -d '{"id": 42}'`;
  return `curl -X ${method}${shown}${body} ${address}`;
}
