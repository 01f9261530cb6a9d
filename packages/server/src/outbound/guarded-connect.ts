import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { upstreamError } from '@fettle/base';
import type { GuardedConnect } from '@fettle/sdk/server';
import type { OutboundGuard } from './outbound-guard.ts';

const connectMs = 10_000;

/** Makes the one way for other protocols than HTTP to leave this server, by the rules of HTTP: see `guarded-fetch.ts`. */
export function createGuardedConnect(guard: OutboundGuard): GuardedConnect {
  return async (host, port, signal) => {
    signal.throwIfAborted();
    const addresses = await guard.check(host, port, 'http');
    let cause: unknown;
    for (const { address, family } of addresses) {
      // It connects to the very address that was checked, so that a name cannot change its mind in between.
      const socket = connect({ host: address, port, family });
      try {
        // oxlint-disable-next-line no-await-in-loop
        await connected(socket, signal);
        return socket;
      } catch (error) {
        socket.destroy();
        signal.throwIfAborted();
        cause = error;
      }
    }
    throw upstreamError({
      code: 'outbound.failed',
      message: 'The machine cannot be reached.',
      hint: 'Check the address and port, and that it can be reached from this server.',
      cause,
    });
  };
}

async function connected(socket: Socket, signal: AbortSignal): Promise<void> {
  await once(socket, 'connect', { signal: AbortSignal.any([signal, AbortSignal.timeout(connectMs)]) });
}
