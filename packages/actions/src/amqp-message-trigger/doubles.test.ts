import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'amqplib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bug, randomText, type Json } from '@fettle/base';
import { createTestSource, type TestSource, type TestSourceOptions } from '@fettle/sdk/testing';
import { findRabbit } from '@fettle/testing';
import { flowTriggers } from '../index.ts';

const found = flowTriggers.find(({ manifest }) => manifest.id === 'amqp/message');
if (found === undefined) throw bug('The trigger is gone.');
const extension = found;
const server = await findRabbit();

describe.skipIf(server === undefined)('doubles of AMQP messages', () => {
  const { host = '', port = 0, user = '', password = '' } = server ?? {};
  let queue = '';
  const running: { readonly source: TestSource; readonly done: Promise<void> }[] = [];

  const withChannel = async (
    work: (
      channel: Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['createConfirmChannel']>>,
    ) => Promise<unknown>,
  ): Promise<void> => {
    const client = await connect({ hostname: host, port, username: user, password });
    await work(await client.createConfirmChannel());
    await client.close();
  };
  const send = (...messages: readonly { readonly body: Json; readonly messageId?: string }[]) =>
    withChannel((channel) => {
      for (const { body, ...properties } of messages)
        channel.sendToQueue(queue, Buffer.from(JSON.stringify(body)), properties);
      return channel.waitForConfirms();
    });
  const begin = (options: TestSourceOptions = {}, settings: Readonly<Record<string, Json>> = {}): TestSource => {
    const source = createTestSource(extension, {
      ...options,
      settings: { host, port, encryption: 'off', user, password: 'broker', queue, ...settings },
      secrets: { password },
    });
    const done = source.run(extension);
    done.catch(() => undefined);
    running.push({ source, done });
    return source;
  };
  const startsOf = (...sources: readonly TestSource[]): number =>
    new Map(sources.flatMap(({ started }) => [...started])).size;
  const comes = (count: number, ...sources: readonly TestSource[]) =>
    expect.poll(() => sources.reduce((sum, { events }) => sum + events.length, 0), { timeout: 10_000 }).toBe(count);

  beforeEach(async () => {
    queue = `fettle_${randomText(8)}`;
    await withChannel((channel) => channel.assertQueue(queue, { durable: false }));
  });
  afterEach(async () => {
    for (const { source, done } of running.splice(0)) {
      source.stop();
      await done.catch(() => undefined);
    }
    await withChannel((channel) => channel.deleteQueue(queue));
  });

  it('are told by the message id, and where a field is named by that field first', async () => {
    const source = begin();
    await send(
      { body: { n: 1 }, messageId: 'a' },
      { body: { n: 2 }, messageId: 'a' },
      { body: { n: 1 }, messageId: 'b' },
    );
    await comes(3, source);
    expect(startsOf(source)).toBe(2);
    source.stop();
    await running[0]?.done;
    const byField = begin({}, { keyField: 'order.id' });
    await send(
      { body: { order: { id: 7 } }, messageId: 'c' },
      { body: { order: { id: 7 } }, messageId: 'd' },
      { body: { order: { id: 8 } } },
    );
    await comes(3, byField);
    expect(startsOf(byField)).toBe(2);
  });

  it('without either are not told: what says the same is another message, and none is lost', async () => {
    const source = begin();
    await send({ body: 'same' }, { body: 'same' });
    await comes(2, source);
    expect(startsOf(source)).toBe(2);
    source.stop();
    await running[0]?.done;
    // One that dies between storing and acknowledging: it comes again, and starts the flow again, as the help says.
    const dies = begin({
      onStored: () => {
        throw new TypeError('The process dies.');
      },
    });
    await send({ body: 'again' });
    await comes(1, dies);
    await expect(running[1]?.done).rejects.toThrow();
    const next = begin();
    await comes(1, next);
    await pause(100);
    expect(startsOf(dies, next)).toBe(2);
    expect(extension.manifest.description).toContain('A message with neither starts the flow each time it comes');
  });
});
