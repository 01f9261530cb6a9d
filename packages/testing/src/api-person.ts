import { createClient, routes, type ApiClient } from '@fettle/contract';

/** Somebody who calls the API of a running server: their client and their cookies. */
export interface ApiPerson {
  readonly client: ApiClient;
  /** The cookies as a header. */
  cookie(): string;
  signIn(email: string, password: string): Promise<void>;
  /** A call as raw as can be: any method and path, with these cookies; the answer as it comes. */
  send(method: string, path: string, body?: unknown): Promise<Response>;
}

/** Makes somebody who is not signed in yet. */
export function createApiPerson(url: string): ApiPerson {
  const cookies = new Map<string, string>();
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const keepingFetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('origin', url);
    if (cookies.size > 0) headers.set('cookie', cookie());
    const response = await fetch(input, { ...init, headers, redirect: 'manual' });
    for (const header of response.headers.getSetCookie()) keep(cookies, header);
    return response;
  };
  const client = createClient({ baseUrl: url, fetch: keepingFetch });
  return {
    client,
    cookie,
    signIn: async (email, password) => {
      await client.call(routes.account.signIn, { body: { email, password } });
    },
    send: (method, path, body) =>
      keepingFetch(`${url}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      }),
  };
}

function keep(cookies: Map<string, string>, header: string): void {
  const [pair = ''] = header.split(';');
  const equals = pair.indexOf('=');
  if (/max-age=0(;|$)/i.test(header)) cookies.delete(pair.slice(0, equals));
  else cookies.set(pair.slice(0, equals), pair.slice(equals + 1));
}
