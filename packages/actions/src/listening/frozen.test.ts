import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bug } from '@fettle/base';
import { createTestSource } from '@fettle/sdk/testing';
import { flowTriggers } from '../index.ts';

// Something takes the connection and never says a word: nobody knows then whether anything waits.
describe('a look at a server that is frozen', () => {
  const sockets = new Set<Socket>();
  let server: Server;
  beforeAll(async () => {
    server = createServer((socket) => sockets.add(socket.on('error', () => undefined).resume()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it.each(['redis/stream-message', 'mqtt/message', 'nats/message', 'amqp/message', 'core/email-received'])(
    'ends, and does not say that there is nothing: %s',
    async (type) => {
      const extension = flowTriggers.find(({ manifest }) => manifest.id === type);
      if (extension === undefined) throw bug(`There is no trigger ${type}.`);
      const { port } = server.address() as AddressInfo;
      const place = { host: '127.0.0.1', port, encryption: 'off', user: 'ada' };
      const names = { stream: 's', group: 'g', topic: 't', queue: 'q', mailbox: 'INBOX' };
      const source = createTestSource(extension, {
        name: 'fettle-frozen',
        settings: { ...place, ...names },
        secrets: { password: 'secret' },
      });
      await expect(source.peek(extension, 300)).rejects.toThrow();
    },
  );
});
