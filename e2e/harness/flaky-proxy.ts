import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A door to a server that can be shut in the middle of everything. */
export interface FlakyProxy {
  readonly port: number;
  /** Ends every connection; new ones are turned away until {@link mend}. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Opens a door to `target`. */
export function startFlakyProxy(target: { readonly host: string; readonly port: number }): Promise<FlakyProxy> {
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const upstream = connect(target.port, target.host);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  const cut = (): void => {
    isCut = true;
    for (const socket of open) socket.destroy();
  };
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: (server.address() as AddressInfo).port,
        cut,
        mend: () => (isCut = false),
        close: () => {
          cut();
          return new Promise((done) => server.close(() => done()));
        },
      }),
    );
  });
}
