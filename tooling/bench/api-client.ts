/** One person's calls of the API: keeps the session cookie. */
export interface ApiPerson {
  readonly cookie: () => string;
  call(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** Makes somebody who calls the API at `url`. A call that is not a success throws what the server said. */
export function createPerson(url: string): ApiPerson {
  const jar = new Map<string, string>();
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    cookie,
    call: async (method, path, body) => {
      const response = await fetch(url + path, {
        method,
        headers: { cookie: cookie(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      for (const header of response.headers.getSetCookie()) {
        const [pair = ''] = header.split(';');
        const equals = pair.indexOf('=');
        jar.set(pair.slice(0, equals), pair.slice(equals + 1));
      }
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
  };
}
