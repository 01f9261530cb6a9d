import { Resolver } from 'node:dns/promises';
import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { connect as connectTls, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { notFound, timeoutError, upstreamError, type AppError } from '@fettle/base';
import type { FlowNetwork, NetworkCertificate } from '@fettle/sdk/server';
import type { OutboundGuard } from './outbound-guard.ts';

const timeoutMs = 10_000;

/** Looks at other machines without speaking to them: names, open ports and certificates. Every address passes the guard. */
export function createProbes(guard: OutboundGuard): (signal: AbortSignal) => FlowNetwork {
  const open = async <S extends Socket>(
    target: { readonly host: string; readonly port: number },
    signal: AbortSignal,
    connect: (address: string) => S,
  ): Promise<{ readonly socket: S; readonly address: string; readonly ms: number }> => {
    signal.throwIfAborted();
    const [checked] = await guard.check(target.host, target.port, 'http');
    const address = checked?.address ?? '';
    const startedAt = performance.now();
    const socket = connect(address);
    await opened(socket, signal);
    return { socket, address, ms: Math.round(performance.now() - startedAt) };
  };
  return (signal) => ({
    async lookUp(name, type) {
      signal.throwIfAborted();
      const resolver = new Resolver({ timeout: timeoutMs / 2, tries: 2 });
      const onAbort = (): void => resolver.cancel();
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        const records = (await resolver.resolve(name, type)) as readonly unknown[];
        return records.map(textOf);
      } catch (cause) {
        signal.throwIfAborted();
        throw lookUpError(name, type, cause);
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
    async connect(host, port) {
      const { socket, address, ms } = await open({ host, port }, signal, (to) =>
        connectSocket({ host: to, port, timeout: timeoutMs }),
      );
      socket.destroy();
      return { address, ms };
    },
    async certificate(host, port) {
      const { socket } = await open({ host, port }, signal, (to) =>
        // What is wrong with a certificate is what is asked about.
        connectTls({
          host: to,
          port,
          rejectUnauthorized: false,
          timeout: timeoutMs,
          ...(isIP(host) === 0 ? { servername: host } : {}),
        }),
      );
      const certificate = describeCertificate(socket);
      socket.destroy();
      return certificate;
    },
  });
}

function opened(socket: Socket | TLSSocket, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const ready = 'getPeerCertificate' in socket ? 'secureConnect' : 'connect';
  const onAbort = (): void => fail(signal.reason as Error);
  const fail = (error: Error): void => {
    socket.destroy();
    reject(error);
  };
  socket.once(ready, () => resolve());
  socket.once('timeout', () => fail(tooSlow()));
  socket.on('error', (cause) => fail(unreachable(cause)));
  signal.addEventListener('abort', onAbort, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', onAbort));
}

function describeCertificate(socket: TLSSocket): NetworkCertificate {
  const { subject, issuer, valid_from, valid_to, subjectaltname } =
    socket.getPeerCertificate() as DetailedPeerCertificate;
  const names = (subjectaltname ?? '')
    .split(', ')
    .filter((name) => name.startsWith('DNS:'))
    .map((name) => name.slice(4));
  const nameOf = (who: { readonly CN?: string | string[]; readonly O?: string | string[] }): string =>
    [who.CN ?? who.O ?? ''].flat().join(', ');
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    validFrom: new Date(valid_from).toISOString(),
    validTo: new Date(valid_to).toISOString(),
    names,
    isTrusted: socket.authorized,
    ...(socket.authorized ? {} : { problem: String(socket.authorizationError) }),
  };
}

function textOf(record: unknown): string {
  if (typeof record === 'string') return record;
  if (Array.isArray(record)) return record.join('');
  const { priority, exchange, name, port, weight } = record as Readonly<Record<string, string | number>>;
  if (exchange !== undefined) return `${priority} ${exchange}`;
  return `${priority} ${weight} ${port} ${name}`;
}

function lookUpError(name: string, type: string, cause: unknown): AppError {
  const code = (cause as { code?: string }).code;
  if (code === 'ENOTFOUND' || code === 'ENODATA')
    return notFound({
      code: 'network.no-record',
      message: `"${name.slice(0, 100)}" has no ${type} record.`,
      hint: 'Check the name and the type.',
    });
  return upstreamError({
    code: 'network.lookup-failed',
    message: 'The name cannot be looked up.',
    hint: 'Check that the server can reach its name servers.',
    cause,
  });
}

function tooSlow(): AppError {
  return timeoutError({
    code: 'network.timeout',
    message: 'Nothing answered in time.',
    hint: 'Check the host and the port, and that nothing between here and there drops connections.',
  });
}

function unreachable(cause: unknown): AppError {
  const reason =
    (cause as { code?: string }).code === 'ECONNREFUSED' ? 'It refuses connections' : 'It cannot be reached';
  return upstreamError({
    code: 'network.unreachable',
    message: `${reason} at this port.`,
    hint: 'Check the host and the port, and that the service runs.',
    cause,
  });
}
