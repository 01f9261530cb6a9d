import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllowedHosts } from './allowed-hosts.ts';
import { createOutboundGuard } from './outbound-guard.ts';
import { createProbes } from './probes.ts';

describe('looks at other machines', () => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createServer((socket) => void socket.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => void server.close());

  const probes = (allowed: readonly string[], signal = AbortSignal.timeout(10_000)) =>
    createProbes(
      createOutboundGuard({ allowedHosts: parseAllowedHosts(allowed), privateDatabases: 'allow' }, () =>
        Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
      ),
    )(signal);

  it('find open ports where the operator allows it, and nowhere else', async () => {
    expect(await probes([`inner.test:${port}`]).connect('inner.test', port)).toMatchObject({ address: '127.0.0.1' });
    await expect(probes([]).connect('inner.test', port)).rejects.toMatchObject({
      code: 'outbound.address-not-allowed',
    });
    await expect(probes([]).certificate('inner.test', port)).rejects.toMatchObject({
      code: 'outbound.address-not-allowed',
    });
    await expect(probes(['inner.test:9']).connect('inner.test', 9)).rejects.toMatchObject({
      code: 'network.unreachable',
    });
  });

  it('find no certificate where none is shown', async () => {
    await expect(probes([`inner.test:${port}`]).certificate('inner.test', port)).rejects.toMatchObject({
      code: 'network.unreachable',
    });
  });

  it('do not begin when they were cancelled', async () => {
    const controller = new AbortController();
    const reason = new TypeError('cancelled');
    controller.abort(reason);
    await expect(probes([`inner.test:${port}`], controller.signal).connect('inner.test', port)).rejects.toBe(reason);
    await expect(probes([], controller.signal).lookUp('example.com', 'A')).rejects.toBe(reason);
  });
});
