import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A reverse proxy that gives each request to the next server, as those in front of several servers do. */
export interface RoundRobinProxy {
  readonly url: string;
  /** How many requests each server has answered. */
  counts(): readonly number[];
  close(): Promise<void>;
}

/**
 * Starts one on a port. Whatever a server says is passed on as it comes, streams too. A server that cannot be reached is
 * passed over: it has not seen the request. One that goes away while it answers is answered for with 502.
 */
export async function startRoundRobinProxy(port: number, targets: readonly number[]): Promise<RoundRobinProxy> {
  const agent = new Agent({ keepAlive: true });
  const counts = targets.map(() => 0);
  let next = 0;

  const pass = (incoming: IncomingMessage, outgoing: ServerResponse, index: number, triesLeft: number): void => {
    const upstream = request(
      {
        agent,
        host: '127.0.0.1',
        port: targets[index],
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, 'x-forwarded-for': incoming.socket.remoteAddress ?? '' },
      },
      (answer) => {
        counts[index] = (counts[index] ?? 0) + 1;
        outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.rawHeaders));
        outgoing.flushHeaders();
        answer.pipe(outgoing);
        answer.once('error', () => outgoing.destroy());
      },
    );
    let isReached = false;
    upstream.once('socket', (socket) => {
      const send = (): void => {
        isReached = true;
        incoming.pipe(upstream);
      };
      if (socket.connecting) socket.once('connect', send);
      else send();
    });
    upstream.once('error', () => {
      // What only reads may be asked again, as proxies do that find a kept connection dead.
      const mayRepeat = !isReached || (incoming.method === 'GET' && !outgoing.headersSent);
      if (mayRepeat && triesLeft > 0) pass(incoming, outgoing, (index + 1) % targets.length, triesLeft - 1);
      else if (outgoing.headersSent) outgoing.destroy();
      else {
        // What is left of the body is read: the next request on this connection comes behind it.
        incoming.resume();
        outgoing.writeHead(502, { 'content-type': 'text/plain' }).end('The server went away.');
      }
    });
    outgoing.once('close', () => upstream.destroy());
  };

  // As long as the product keeps its own connections: what is sent again and again may come after some seconds.
  const server = createServer({ keepAliveTimeout: 65_000 }, (incoming, outgoing) => {
    const index = next;
    next = (next + 1) % targets.length;
    pass(incoming, outgoing, index, targets.length - 1);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: () => counts,
    close: () => {
      agent.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Headers without those that are about the connection to the server: people have another one, to the proxy. */
function endToEnd(raw: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const [name = '', value = ''] = raw.slice(index, index + 2);
    if (!/^(?:connection|keep-alive)$/i.test(name)) kept.push(name, value);
  }
  return kept;
}
