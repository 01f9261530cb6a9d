import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type Server } from 'node:tls';
import { upstreamError, type Json } from '@fettle/sdk';
import type { FlowNetwork } from '@fettle/sdk/server';
import { createTestSource, testFlowTriggerExtension } from '@fettle/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateWatch } from './index.ts';

testFlowTriggerExtension(certificateWatch, {});

interface Event {
  readonly event: string;
  readonly host: string;
  readonly port: number;
  readonly daysLeft: number | null;
  readonly problem: string | null;
}

/** Looks at certificates of real services, as the server does. */
function networkFor(isTrusted: () => boolean): Partial<FlowNetwork> {
  return {
    certificate: (host, port) =>
      new Promise((resolve, reject) => {
        const socket = connect({ host: '127.0.0.1', port, servername: host, rejectUnauthorized: false }, () => {
          const { subject, issuer, valid_from: from, valid_to: to } = socket.getPeerCertificate();
          const name = ({ CN }: { CN?: string | string[] }): string => String(CN);
          socket.destroy();
          resolve({
            subject: name(subject),
            issuer: name(issuer),
            validFrom: new Date(from).toISOString(),
            validTo: new Date(to).toISOString(),
            names: [],
            isTrusted: isTrusted(),
            ...(isTrusted() ? {} : { problem: 'It signed itself.' }),
          });
        });
        socket.on('error', () => reject(upstreamError({ code: 'network.unreachable', message: 'Nobody is there.' })));
      }),
  };
}

describe('certificates of real services', () => {
  let folder: string;
  let server: Server | undefined;
  let port = 0;

  const certificate = async (name: string, days: number) => {
    const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', String(days)];
    execFileSync('openssl', [...made, '-subj', `/CN=${name}.test`, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    return { key: await readFile(key), cert: await readFile(cert) };
  };
  const serve = async (name: string, days: number): Promise<void> => {
    const own = await certificate(name, days);
    server = createServer(own, (socket) => socket.end());
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  };
  const stop = () => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'certificate-watch-'));
  });
  afterAll(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });

  it('are told of once for each limit, when they are replaced, and while something is wrong', async () => {
    await serve('old', 5);
    let isTrusted = true;
    const looks: (() => void | Promise<void>)[] = [
      // The same again: nothing is new.
      () => undefined,
      async () => {
        await stop();
        await serve('new', 90);
      },
      stop,
      () => undefined,
      () => undefined,
      // Of another length: made within the same second, it would otherwise read the same.
      () => serve('newer', 91),
      () => {
        isTrusted = false;
      },
    ];
    const network = networkFor(() => isTrusted);
    const source = createTestSource(certificateWatch, {
      settings: { services: `localhost:${port}`, every: 5 },
      network,
      onRest: async (ms) => {
        expect(ms).toBe(300_000);
        const next = looks.shift();
        if (next === undefined) return source.stop();
        await next();
      },
    });
    await source.run(certificateWatch);
    const events = source.events.map(({ trigger }) => trigger as unknown as Event);
    expect(events.map(({ event, daysLeft }) => [event, daysLeft])).toEqual([
      ['expiring', 4],
      ['replaced', 89],
      ['problem', null],
      ['replaced', 90],
      ['recovered', 90],
      ['problem', 90],
    ]);
    expect(events[2]?.problem).toBe('Nobody is there.');
    expect(events[5]?.problem).toBe('It signed itself.');
    expect(events[0]).toMatchObject({ host: 'localhost', port });
    expect(new Set(source.events.map(({ key }) => key)).size).toBe(6);
    // Started again, it goes on with what it knows.
    const again = createTestSource(certificateWatch, {
      settings: { services: `localhost:${port}` },
      cursor: source.context.cursor() as Json,
      network,
      onRest: () => again.stop(),
    });
    await again.run(certificateWatch);
    expect(again.events).toEqual([]);
  });

  it.each([
    [{ services: 'a b:c' }, /is no host/],
    [{ services: 'a.test', days: '30, soon' }, /not whole numbers/],
    [{ services: Array.from({ length: 501 }, (_, index) => `host${index}.test`).join('\n') }, /more than 500/],
  ])('are not looked at with wrong settings: %#', async (settings, message) => {
    const source = createTestSource(certificateWatch, { settings: settings as Record<string, Json> });
    await expect(source.run(certificateWatch)).rejects.toThrow(message);
  });
});
