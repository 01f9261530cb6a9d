import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '@fettle/base';
import type { Log } from './log.ts';

/** A server that answers. */
export interface RunningServer {
  /** Where people open it. */
  readonly url: string;
  readonly port: number;
  /** The one-time token, while the installation waits for its owner. */
  readonly setupToken?: string;
  /** Stops taking requests, lets those that run finish (at most ten seconds), then closes everything. */
  close(): Promise<void>;
}

/** How to listen. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: string;
  readonly setupToken?: string;
  readonly log: Log;
  /** Ends what would go on for long: streams. */
  readonly onClosing: () => void;
  readonly onClosed: () => Promise<void>;
}

const graceMs = 10_000;

/** Starts listening. */
export async function listen(server: Server, options: ListenOptions): Promise<RunningServer> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, options)));
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = options.publicUrl ?? `http://${isLocal(options.host) ? 'localhost' : options.host}:${port}`;
  options.log.info({ url, port, host: options.host }, 'Fettle answers');
  let closing: Promise<void> | undefined;
  return {
    url,
    port,
    ...(options.setupToken === undefined ? {} : { setupToken: options.setupToken }),
    close: () => (closing ??= close(server, options)),
  };
}

async function close(server: Server, { log, onClosing, onClosed }: ListenOptions): Promise<void> {
  onClosing();
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  // Connections that were answered meanwhile are idle now and would be kept open by the other side.
  const sweeper = setInterval(() => server.closeIdleConnections(), 200);
  await stopped;
  clearTimeout(timer);
  clearInterval(sweeper);
  await onClosed();
  log.info('Fettle has stopped');
}

function isLocal(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '127.0.0.1' || host === '::1';
}

function cannotListen(error: NodeJS.ErrnoException, { host, port }: ListenOptions): AppError {
  const isTaken = error.code === 'EADDRINUSE';
  return new AppError('unavailable', {
    code: isTaken ? 'server.port-taken' : 'server.cannot-listen',
    message: isTaken ? `Port ${port} is taken by another program.` : `The server cannot listen on ${host}:${port}.`,
    hint: isTaken ? 'Stop the other program, or set PORT to another number.' : 'Check the settings HOST and PORT.',
    cause: error,
  });
}
