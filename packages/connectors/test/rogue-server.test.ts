import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectorImplementation } from '@fettle/sdk/server';
import { mysql } from '../src/mysql/server.ts';
import { postgres } from '../src/postgres/server.ts';
import { testContext, unhurried } from './context.ts';

/** A message of PostgreSQL's protocol. */
function message(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const number32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const welcome = Buffer.concat([message('R', number32(0)), message('Z', Buffer.from('I'))]);

/** A packet of MySQL's protocol. */
const packet = (id: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([body.length & 255, (body.length >> 8) & 255, 0, id]), body]);

/** MySQL's greeting with a challenge for a native password, and its "all went well". */
const greeting = Buffer.concat([
  Buffer.from([10]),
  Buffer.from('8.0.0\0'),
  number32(1),
  Buffer.from('12345678\0'),
  Buffer.from([0xff, 0xf7, 33, 2, 0, 0xff, 0xff, 21]),
  Buffer.alloc(10),
  Buffer.from('123456789012\0'),
  Buffer.from('mysql_native_password\0'),
]);
const okay = Buffer.from([0, 0, 0, 2, 0, 0, 0]);

const garbage: Readonly<Record<string, Buffer>> = {
  'an unknown kind of sign-in': message('R', number32(9999)),
  'a message that is too short for its kind': message('T', Buffer.from([0xff])),
  'a row with more columns than bytes': message('D', Buffer.from([0x7f, 0xff, 0, 0])),
  'an impossible length': Buffer.from([0x44, 0xff, 0xff, 0xff, 0xff, 0, 0, 0]),
  'binary copying': message('G', Buffer.from([1, 0, 1, 0, 1])),
  'copied rows': message('d', Buffer.from('secret')),
  'rows that nobody asked for': message('D', Buffer.from([0, 0])),
  'another protocol': Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
  zeros: Buffer.alloc(2000),
  'all ones': Buffer.alloc(2000, 0xff),
};

describe('a server that breaks the protocol', () => {
  const servers = new Set<Server>();
  const sockets = new Set<Socket>();

  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    for (const server of servers) server.close();
    sockets.clear();
    servers.clear();
  });

  const listen = (speak: (socket: Socket, turn: number) => void): Promise<number> => {
    const server = createServer((socket) => {
      let turn = 0;
      sockets.add(socket);
      socket.on('error', () => undefined);
      speak(socket, turn);
      socket.on('data', () => speak(socket, (turn += 1)));
    });
    servers.add(server);
    return new Promise((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    );
  };

  const ask = async (connector: ConnectorImplementation, port: number): Promise<unknown> => {
    const settings = { host: '127.0.0.1', port, database: 'x', user: 'x', encryption: 'off' };
    const limits = { maxConnections: 2, idleTimeoutMs: 1000, connectTimeoutMs: 300 };
    const session = connector.open({ ...testContext(settings, { password: 'x' }), limits });
    try {
      await session.test({ ...unhurried, timeoutMs: 400 });
      return 'taken for an answer';
    } catch (error) {
      return error;
    } finally {
      await session.close().catch(() => undefined);
    }
  };

  // What is thrown outside of the calls ends the process, and with it this run.
  it('fails its PostgreSQL connection, not the process', async () => {
    const answers = Object.entries(garbage).flatMap(([name, bytes]) =>
      [undefined, welcome].map(async (greeting) => {
        const port = await listen((socket, turn) => {
          if (turn === 1 && greeting !== undefined) socket.write(greeting);
          else if (turn > 0) socket.write(bytes);
        });
        return [name, await ask(postgres, port)];
      }),
    );
    for (const [name, answer] of await Promise.all(answers)) expect(answer, String(name)).toBeInstanceOf(Error);
  });

  it('fails its MySQL connection, not the process', async () => {
    const answers = Object.entries(garbage).flatMap(([name, bytes]) =>
      ['raw', 'packets', 'signed in'].map(async (stage) => {
        const port = await listen((socket, turn) => {
          if (stage === 'raw') socket.write(bytes);
          else if (stage === 'packets') socket.write(packet(turn * 2, bytes.subarray(0, 200)));
          else if (turn === 0) socket.write(packet(0, greeting));
          else socket.write(turn === 1 ? packet(2, okay) : packet(1, bytes.subarray(0, 200)));
        });
        return [`${name}, ${stage}`, await ask(mysql, port)];
      }),
    );
    // Zeros in a packet are how MySQL says that all went well.
    for (const [name, answer] of await Promise.all(answers))
      if (!String(name).startsWith('zeros')) expect(answer, String(name)).toBeInstanceOf(Error);
  });

  it('gets no file of this machine, however it asks', async () => {
    const received: Buffer[] = [];
    const port = await listen((socket, turn) => {
      if (turn === 0) {
        socket.write(packet(0, greeting));
        socket.on('data', (chunk: Buffer) => void received.push(chunk));
      } else if (turn === 1) socket.write(packet(2, okay));
      else socket.write(packet(1, Buffer.from('\xfb/etc/passwd', 'latin1')));
    });
    expect(await ask(mysql, port)).toBeInstanceOf(Error);
    // It was asked: the sign-in went well and a statement was sent.
    expect(received.length).toBeGreaterThan(1);
    expect(Buffer.concat(received).toString('latin1')).not.toContain('root:');
  });
});
