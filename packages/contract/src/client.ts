import { AppError, type ErrorKind, httpStatusOf, type ProblemDetails } from '@fettle/base';
import type { Route, RouteInput, RouteOutput } from './route.ts';

/** What a client needs of its surroundings. */
export interface ClientOptions {
  /** Origin and prefix, e.g. `''` in the browser or `http://127.0.0.1:4300`. */
  readonly baseUrl: string;
  readonly fetch?: typeof fetch;
  /** Sent with every call, e.g. an API key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Asked once when a call answers 401; true means "signed in again, try once more". */
  readonly onSignedOut?: () => Promise<boolean>;
}

type Given<K extends string, V> = [V] extends [undefined]
  ? { readonly [P in K]?: undefined }
  : object extends V
    ? { readonly [P in K]?: V }
    : { readonly [P in K]: V };

/** What a call of a route takes: only the parts the route has. */
export type CallInput<T extends Route> = Given<'params', RouteInput<T>['params']> &
  Given<'query', RouteInput<T>['query']> &
  Given<'body', RouteInput<T>['body']> & { readonly signal?: AbortSignal };

/** Calls routes by their declaration. */
export interface ApiClient {
  /** Rejects with an {@link AppError} made from the problem details of the answer. */
  call<T extends Route>(route: T, input: CallInput<T>): Promise<RouteOutput<T>>;
  /** The address of a route, for links and downloads. */
  url<T extends Route>(route: T, input: Pick<CallInput<T>, 'params' | 'query'>): string;
}

/** Makes a typed client. */
export function createClient(options: ClientOptions): ApiClient {
  const url = (route: Route, input: LooseInput): string => options.baseUrl + pathOf(route, input);
  const send = async (route: Route, input: LooseInput): Promise<Response> => {
    const init: RequestInit = {
      method: route.method,
      headers: {
        accept: 'application/json',
        ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      credentials: 'same-origin',
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      ...(input.signal === undefined ? {} : { signal: input.signal }),
    };
    return (options.fetch ?? globalThis.fetch)(url(route, input), init);
  };
  const call = async (route: Route, input: LooseInput): Promise<unknown> => {
    let response = await reach(() => send(route, input));
    if (response.status === 401 && options.onSignedOut !== undefined && (await options.onSignedOut())) {
      response = await reach(() => send(route, input));
    }
    if (!response.ok) throw await errorOf(response);
    return response.status === 204 ? undefined : response.json();
  };
  return { call: call as ApiClient['call'], url: url as ApiClient['url'] };
}

interface LooseInput {
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

function pathOf(route: Route, input: LooseInput): string {
  const path = route.path.replace(/:([A-Za-z]+)/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name] ?? '')),
  );
  const query = Object.entries(input.query ?? {}).filter(([, value]) => value !== undefined);
  if (query.length === 0) return path;
  return `${path}?${new URLSearchParams(query.map(([name, value]) => [name, String(value)])).toString()}`;
}

async function reach(send: () => Promise<Response>): Promise<Response> {
  try {
    return await send();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new AppError('unavailable', {
      code: 'network.unreachable',
      message: 'The server cannot be reached.',
      hint: 'Check your connection and try again.',
      cause,
    });
  }
}

const kindOfStatus = new Map(Object.entries(httpStatusOf).map(([kind, status]) => [status, kind as ErrorKind]));

/** Turns an answer that is not a success into the error it describes. */
export async function errorOf(response: Response): Promise<AppError> {
  const body = (await response.json().catch(() => undefined)) as ProblemDetails | undefined;
  return new AppError(kindOfStatus.get(response.status) ?? 'upstream', {
    code: body?.code ?? `http.${response.status}`,
    message: body?.detail ?? body?.title ?? `The server answered ${response.status}.`,
    ...(body?.hint === undefined ? {} : { hint: body.hint }),
    ...(body?.details === undefined ? {} : { details: body.details }),
    ...(body?.problems === undefined ? {} : { problems: body.problems }),
  });
}
