import autocannon from 'autocannon';

/** One kind of request to fire. */
export interface Load {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** Body of the nth request. */
  readonly body?: (index: number) => unknown;
  /** Path of the nth request, when it varies. */
  readonly path?: (index: number) => string;
}

/** Requests per second over `seconds` with 16 connections. Throws when an answer is not a success. */
export async function measure(load: Load, seconds: number): Promise<number> {
  let index = 0;
  const result = await autocannon({
    url: load.url,
    connections: 16,
    duration: seconds,
    requests: [
      {
        method: load.method,
        headers: { ...load.headers, ...(load.body === undefined ? {} : { 'content-type': 'application/json' }) },
        setupRequest: (request) => {
          index += 1;
          return {
            ...request,
            ...(load.path === undefined ? {} : { path: load.path(index) }),
            ...(load.body === undefined ? {} : { body: JSON.stringify(load.body(index)) }),
          };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${load.url}: ${result.non2xx} answers were not a success, ${result.errors} failed.`);
  }
  return result.requests.average;
}
