import type { Route } from '@fettle/contract';

/** What came back. */
export interface TestReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when there is none. */
  // eslint-disable-next-line -- tests look into bodies of many shapes
  readonly body: TestBody;
}

/** A JSON body that tests look into by name. */
export type TestBody = { readonly [name: string]: TestBody } & { readonly length?: number };

/** Parts of a call. */
export interface TestCall {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  /** A body that is not JSON: its text. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A browser or program that keeps cookies, as far as the API sees one. */
export interface TestClient {
  readonly cookies: Map<string, string>;
  call(route: Route, call?: TestCall): Promise<TestReply>;
  send(
    method: string,
    path: string,
    options?: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<TestReply>;
}

/** Makes a client of a server; with an API key it sends that instead of cookies. */
export function createTestClient(url: string, options: { readonly apiKey?: string } = {}): TestClient {
  const cookies = new Map<string, string>();
  const send: TestClient['send'] = async (method, path, { body, headers = {} } = {}) => {
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(jar === '' ? {} : { cookie: jar }),
        ...(options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie);
    const text = await textOf(response);
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  };
  return {
    cookies,
    send,
    call: (route, { params = {}, query = {}, body, raw, headers } = {}) => {
      const path = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) =>
        encodeURIComponent(params[name] ?? `:${name}`),
      );
      const search = new URLSearchParams(
        Object.entries(query).map(([name, value]) => [name, String(value)]),
      ).toString();
      return send(route.method, search === '' ? path : `${path}?${search}`, {
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(raw === undefined ? {} : { body: raw, headers: { 'content-type': 'text/csv' } }),
        ...(headers === undefined ? {} : { headers }),
      });
    },
  };
}

/** The whole body; of a stream, which would go on, nothing. */
async function textOf(response: Response): Promise<string> {
  if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) return response.text();
  await response.body?.cancel();
  return '';
}

function keep(cookies: Map<string, string>, header: string): void {
  const [pair = ''] = header.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals);
  if (/max-age=0(;|$)/i.test(header)) cookies.delete(name);
  else cookies.set(name, pair.slice(equals + 1));
}

function parse(text: string): TestBody {
  try {
    return JSON.parse(text) as TestBody;
  } catch {
    return {} as TestBody;
  }
}
