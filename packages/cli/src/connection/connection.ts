import { AppError } from '@fettle/base';
import { createClient, errorOf, type ApiClient, type Route, type RouteInput, type RouteOutput } from '@fettle/contract';
import { readProfiles, type Profile } from './profiles.ts';

/** A server to call, as somebody. */
export interface Connection {
  readonly url: string;
  readonly client: ApiClient;
  /** Sends a form to a route that takes uploads. */
  upload<T extends Route>(
    route: T,
    params: Readonly<Record<keyof RouteInput<T>['params'] & string, string>>,
    form: FormData,
  ): Promise<RouteOutput<T>>;
}

/** What a connection is found by. */
export interface ConnectOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly options: Readonly<Record<string, unknown>>;
}

/**
 * Finds the server and its key: `--profile`, else `--url`, else FETTLE_URL with FETTLE_API_KEY, else the default
 * profile. A key is only ever sent to the address it was stored or given with.
 */
export async function connect(given: ConnectOptions): Promise<Connection> {
  const { url, apiKey } = await findProfile(given);
  return openConnection(url, apiKey);
}

/** A connection to a known address. */
export function openConnection(url: string, apiKey: string): Connection {
  const origin = checkUrl(url);
  // A redirect would take the key along to wherever it leads.
  const headers = { authorization: `Bearer ${apiKey}` };
  const client = createClient({
    baseUrl: origin,
    headers,
    fetch: (input, init) => fetch(input, { ...init, redirect: 'error' }),
  });
  return {
    url: origin,
    client,
    async upload(route, params, form) {
      const path = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) =>
        encodeURIComponent((params as Readonly<Record<string, string>>)[name] ?? ''),
      );
      const response = await fetch(origin + path, { method: 'POST', headers, body: form, redirect: 'error' }).catch(
        (cause: unknown) => {
          throw new AppError('unavailable', {
            code: 'network.unreachable',
            message: 'The server cannot be reached.',
            hint: 'Check the address and that it runs, then try again.',
            cause,
          });
        },
      );
      if (!response.ok) throw await errorOf(response);
      return (await response.json()) as never;
    },
  };
}

async function findProfile({ environment, options }: ConnectOptions): Promise<Profile> {
  const named = options['profile'];
  const url = (options['url'] as string | undefined) ?? environment['FETTLE_URL'];
  const apiKey = environment['FETTLE_API_KEY'];
  if (typeof named !== 'string' && url !== undefined && url !== '' && apiKey !== undefined && apiKey !== '') {
    return { url, apiKey };
  }
  const { current, profiles } = await readProfiles(environment);
  if (typeof named === 'string') {
    const profile = Object.hasOwn(profiles, named) ? profiles[named] : undefined;
    if (profile !== undefined) return profile;
    throw new AppError('not-found', {
      code: 'profile.unknown',
      message: `There is no profile "${named}".`,
      hint: `Run: fettle login --profile ${named} --url <address>`,
    });
  }
  if (url !== undefined && url !== '') {
    const origin = checkUrl(url);
    const profile = Object.values(profiles).find((one) => one.url === origin);
    if (profile !== undefined) return profile;
    throw noKey(`There is no API key for ${origin}.`);
  }
  const profile = current === undefined ? undefined : profiles[current];
  if (profile === undefined) throw noKey('No server was named.');
  return profile;
}

function noKey(message: string): AppError {
  return new AppError('not-authenticated', {
    code: 'profile.none',
    message,
    hint: 'Run fettle login --url <address>, or set FETTLE_URL and FETTLE_API_KEY. Keys are made under Settings, API keys.',
  });
}

/** The origin of an address, or an error that says what is wrong with it. */
export function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.pathname === '/')
    return url.origin;
  throw new AppError('input', {
    code: 'usage.url',
    message: `"${text}" is no address of a server.`,
    hint: 'Give it as people open it, without a path: https://apps.example.com',
  });
}
