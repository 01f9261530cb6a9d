import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What came in. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body when it is JSON, else undefined. */
  readonly json: unknown;
}

/** What a handler answers; JSON unless `text` is given. */
export interface GivenAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  /** Given as they are. */
  readonly bytes?: Uint8Array;
}

/** Starts an HTTP server for one test. It keeps what it received. */
export async function listen(
  handler: (request: ReceivedRequest) => GivenAnswer | Promise<GivenAnswer>,
): Promise<{ readonly url: string; readonly received: readonly ReceivedRequest[]; close(): void }> {
  const received: ReceivedRequest[] = [];
  const server = createServer((incoming, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString('utf8');
      const url = new URL(incoming.url ?? '/', 'http://localhost');
      const request: ReceivedRequest = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: incoming.headers,
        text,
        json: parse(text),
      };
      received.push(request);
      const answer = await handler(request);
      response.writeHead(answer.status ?? 200, {
        'content-type': answer.text === undefined ? 'application/json' : 'text/plain',
        ...answer.headers,
      });
      response.end(answer.bytes ?? answer.text ?? (answer.json === undefined ? '' : JSON.stringify(answer.json)));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
