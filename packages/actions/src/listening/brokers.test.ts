import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bug, randomText, type Json } from '@fettle/base';
import { createTestSource, type TestSource, type TestSourceOptions } from '@fettle/sdk/testing';
import { flowTriggers } from '../index.ts';
import { brokers, type BrokerQueue } from '../testing/brokers.ts';
import { openProxy } from '../testing/cut-proxy.ts';

const ids = (count: number, from = 1): readonly string[] =>
  Array.from({ length: count }, (_, index) => `m${index + from}`);

/**
 * What was on its way to somebody who left at that very moment comes again when its acknowledgement is overdue: with NATS
 * after 30 seconds.
 */
const overdue = { waitMs: 45_000, testMs: 60_000 };

async function until(isSo: () => boolean | Promise<boolean>, what: string, waitMs = 10_000): Promise<void> {
  const end = Date.now() + waitMs;
  while (!(await isSo())) {
    if (Date.now() > end) expect.fail(`Waited in vain: ${what}`);
    await pause(10);
  }
}

/** The ids in what flows would be started with, in order. */
function startedIds(...sources: readonly TestSource[]): readonly string[] {
  const started = new Map(sources.flatMap((source) => [...source.started]));
  return Array.from(started.values(), (trigger) => {
    const { data } = trigger as { data: { id?: string; body?: { id: string } } };
    return data.id ?? data.body?.id ?? '';
  });
}

describe.each(Object.keys(brokers))('trigger %s with a real broker', (type) => {
  const found = flowTriggers.find(({ manifest }) => manifest.id === type);
  if (found === undefined) throw bug(`There is no trigger ${type}.`);
  const extension = found;
  let queue: BrokerQueue | undefined;
  let name = '';
  const running: { readonly source: TestSource; readonly done: Promise<void> }[] = [];

  beforeEach(async (test) => {
    name = `fettle-${randomText(10)}`;
    queue = await brokers[type]?.(name);
    if (queue === undefined) test.skip();
  });
  afterEach(async () => {
    for (const { source, done } of running.splice(0)) {
      source.stop();
      await done.catch(() => undefined);
    }
    await queue?.drop();
  });

  const optionsOf = (
    options: TestSourceOptions = {},
    settings: Readonly<Record<string, Json>> = {},
  ): TestSourceOptions => {
    const server = queue?.server;
    return {
      name,
      ...options,
      settings: {
        ...queue?.settings,
        host: server?.host ?? '',
        port: server?.port ?? 0,
        encryption: 'off',
        ...(server?.user === '' ? {} : { user: server?.user ?? '', password: 'broker' }),
        ...settings,
      },
      secrets: { ...(server?.password === '' ? {} : { password: server?.password ?? '' }), ...options.secrets },
    };
  };
  const begin = (
    options: TestSourceOptions = {},
    settings: Readonly<Record<string, Json>> = {},
  ): { readonly source: TestSource; readonly done: Promise<void> } => {
    const source = createTestSource(extension, optionsOf(options, settings));
    const done = source.run(extension);
    done.catch(() => undefined);
    const one = { source, done };
    running.push(one);
    return one;
  };
  const ready = async (options?: TestSourceOptions, settings?: Readonly<Record<string, Json>>) => {
    const one = begin(options, settings);
    await Promise.race([until(() => one.source.isConnected(), 'it is connected'), one.done]);
    return one;
  };

  it('starts a flow for each message in order, and leaves none unacknowledged', async () => {
    const { source, done } = await ready();
    await queue?.send(ids(120));
    await until(() => source.started.size === 120, 'all have come');
    expect(startedIds(source)).toEqual(ids(120));
    expect(source.events).toHaveLength(120);
    const [trigger] = source.started.values();
    expect(Object.keys(trigger as object)).toEqual(
      expect.arrayContaining(Object.keys(extension.manifest.sample as object)),
    );
    await until(async () => ((await queue?.unacknowledged()) ?? 0) === 0, 'all are acknowledged');
    source.stop();
    await done;
    // Nobody gets them again.
    const next = await ready();
    await queue?.send(['m121']);
    await until(() => next.source.started.size === 1, 'the next has come');
    expect(startedIds(next.source)).toEqual(['m121']);
  });

  it(
    'acknowledges nothing that was not stored: the next one gets it',
    async () => {
      const first = await ready({
        onDeliver: () => {
          throw new TypeError('The metadata store is away.');
        },
      });
      await queue?.send(ids(5));
      await expect(first.done).rejects.toThrow();
      expect(first.source.events).toEqual([]);
      const next = await ready(cursorOf(first.source));
      await until(() => next.source.started.size === 5, 'all have come', overdue.waitMs);
      expect(startedIds(next.source).toSorted()).toEqual(ids(5));
    },
    overdue.testMs,
  );

  it(
    'tells what comes again after it was stored and not acknowledged',
    async () => {
      let stored = 0;
      const first = await ready({
        onStored: (events) => {
          stored += events.length;
          if (stored >= 3) throw new TypeError('The process dies.');
        },
      });
      await queue?.send(ids(6));
      await expect(first.done).rejects.toThrow();
      const next = await ready(cursorOf(first.source));
      await until(() => startedIds(first.source, next.source).length === 6, 'all have come', overdue.waitMs);
      await pause(300);
      expect(startedIds(first.source, next.source).toSorted()).toEqual(ids(6));
    },
    overdue.testMs,
  );

  it('goes on after the connection was cut, with nothing lost and nothing twice', async () => {
    const proxy = await openProxy(queue?.server ?? { host: '', port: 0 });
    const first = await ready({}, { port: proxy.port });
    await queue?.send(ids(3));
    await until(() => first.source.started.size === 3, 'the first have come');
    await until(async () => ((await queue?.unacknowledged()) ?? 0) === 0, 'they are acknowledged');
    proxy.cut();
    await expect(first.done).rejects.toMatchObject({ kind: 'upstream', code: 'source.cut' });
    await queue?.send(ids(3, 4));
    const next = await ready(cursorOf(first.source), { port: proxy.port });
    await until(() => startedIds(first.source, next.source).length === 6, 'the others have come');
    expect(startedIds(first.source, next.source)).toEqual(ids(6));
  });

  it('shows what waits on trial, takes nothing away and leaves nothing behind', async () => {
    const keepsNothing = type.startsWith('mqtt');
    // Queues, groups and sessions are there from when it was at work.
    const first = await ready({}, { begin: 'all' });
    first.source.stop();
    await first.done;
    const looker = createTestSource(extension, optionsOf());
    expect(await looker.peek(extension, 500)).toBeUndefined();
    // Before anything is at work: what is shown is still there afterwards, for whoever begins at the beginning.
    const isSeen = looker.peek(extension);
    if (keepsNothing) await pause(300);
    await queue?.send(['m1']);
    const before = await isSeen;
    const seen = (keepsNothing ? before : await looker.peek(extension)) as { readonly data: Json };
    expect(Object.keys(seen).toSorted()).toEqual(Object.keys(extension.manifest.sample as object).toSorted());
    expect(seen.data).toEqual(type.startsWith('redis') ? { body: { id: 'm1' } } : { id: 'm1' });
    if (keepsNothing) return;
    const { source } = await ready({}, { begin: 'all' });
    await until(() => source.started.size === 1, 'it has come');
    expect(startedIds(source)).toEqual(['m1']);
  });

  it('is refused with another password, without telling it', async (test) => {
    if (queue?.server.password === '') return test.skip();
    const refused = begin({ secrets: { password: 'wrong-password' } });
    const error: unknown = await refused.done.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'source.refused' });
    expect(JSON.stringify(error)).not.toContain('wrong-password');
  });

  it('comes to rest at once when it is stopped', async () => {
    const { source, done } = await ready();
    const stopped = Date.now();
    source.stop();
    await done;
    expect(Date.now() - stopped).toBeLessThan(1_500);
  });

  it('says when nothing answers, or what is named is not there', async () => {
    const proxy = await openProxy({ host: '127.0.0.1', port: 9 });
    const silent = begin({}, { port: 9 });
    await expect(silent.done).rejects.toMatchObject({ kind: 'upstream', code: 'source.unreachable' });
    const dead = begin({}, { port: proxy.port });
    await expect(dead.done).rejects.toMatchObject({ kind: 'upstream' });
    // Redis says nothing to what it does not understand: it would be waited for.
    if (type.startsWith('redis')) return;
    const encrypted = begin({}, { encryption: 'on' });
    await expect(encrypted.done).rejects.toMatchObject({ kind: 'upstream' });
  });
});

function cursorOf(source: TestSource): TestSourceOptions {
  const cursor = source.context.cursor();
  return cursor === undefined ? {} : { cursor };
}
