import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An outside system that counts what it is sent, by idempotency key. */
export interface CountingReceiver {
  readonly url: string;
  /** `host:port`, for the list of addresses that may be reached. */
  readonly host: string;
  /** Bodies by key, in the order they came. */
  readonly received: ReadonlyMap<string, readonly string[]>;
  close(): Promise<void>;
}

/** Starts one on a free port. */
export async function startReceiver(): Promise<CountingReceiver> {
  const received = new Map<string, string[]>();
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const key = String(request.headers['idempotency-key'] ?? 'none');
      received.set(key, [...(received.get(key) ?? []), body]);
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/`,
    host,
    received,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
