import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bug, randomText, type Json } from '@fettle/base';
import { createTestSource, type TestSource, type TestSourceOptions } from '@fettle/sdk/testing';
import { flowTriggers } from '../index.ts';
import { startDovecot, type MailServer } from '../testing/dovecot.ts';
import { triggerOf } from './read-message.ts';

const found = flowTriggers.find(({ manifest }) => manifest.id === 'core/email-received');
if (found === undefined) throw bug('The trigger is gone.');
const extension = found;

interface Trigger {
  readonly subject: string;
  readonly [name: string]: unknown;
}

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > end) expect.fail(`Waited in vain: ${what}`);
    await pause(10);
  }
}

function letter(subject: string, more: readonly string[] = [], body = 'Two of each, please.'): string {
  return [
    'From: Ada <ada@example.com>',
    'To: orders@example.com',
    `Subject: ${subject}`,
    `Message-ID: <${subject}@example.com>`,
    'Date: Thu, 31 Jan 2030 08:59:58 +0000',
    ...more,
    '',
    body,
    '',
  ].join('\r\n');
}

const withAttachments = letter(
  'files',
  ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"'],
  [
    '--b',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'See the files.',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>See the <b>files</b>.</p>',
    '--b',
    'Content-Type: text/csv; name="order.csv"',
    'Content-Disposition: attachment; filename="order.csv"',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('id,count\n1,2\n').toString('base64'),
    '--b--',
  ].join('\r\n'),
);

describe('a mailbox, on a real Dovecot', () => {
  let server: MailServer | undefined;
  let mailbox = '';
  const running: { readonly source: TestSource; readonly done: Promise<void> }[] = [];

  beforeAll(async () => {
    server = await startDovecot();
  }, 30_000);
  beforeEach(async (test) => {
    if (server === undefined) return test.skip();
    mailbox = `Orders-${randomText(6)}`;
    await withClient((client) => client.mailboxCreate(mailbox));
  });
  afterEach(async () => {
    for (const { source, done } of running.splice(0)) {
      source.stop();
      await done.catch(() => undefined);
    }
  });
  afterAll(() => server?.stop());

  async function withClient<T>(work: (client: Awaited<ReturnType<MailServer['signIn']>>) => Promise<T>): Promise<T> {
    if (server === undefined) throw new TypeError('There is no server.');
    const client = await server.signIn();
    try {
      return await work(client);
    } finally {
      client.close();
    }
  }
  const send = (...letters: readonly string[]) =>
    withClient(async (client) => {
      for (const one of letters) await client.append(mailbox, one);
    });
  const optionsOf = (
    options: TestSourceOptions = {},
    settings: Readonly<Record<string, Json>> = {},
  ): TestSourceOptions => ({
    ...options,
    settings: {
      host: '127.0.0.1',
      port: server?.port ?? 0,
      encryption: 'off',
      user: server?.user ?? '',
      password: 'mail password',
      mailbox,
      ...settings,
    },
    secrets: { password: server?.password ?? '', ...options.secrets },
  });
  const begin = (options: TestSourceOptions = {}, settings: Readonly<Record<string, Json>> = {}) => {
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
  const subjects = (...sources: readonly TestSource[]) =>
    [...new Map(sources.flatMap(({ started }) => [...started])).values()].map(
      (trigger) => (trigger as unknown as Trigger).subject,
    );
  const cursorOf = (source: TestSource): TestSourceOptions => ({ cursor: source.context.cursor() ?? null });

  it('starts a flow for what arrives from now on, at once', async () => {
    await send(letter('old'));
    const { source } = await ready();
    await send(letter('one'), letter('two'));
    const sent = Date.now();
    await until(() => source.started.size === 2, 'both have come');
    expect(Date.now() - sent).toBeLessThan(5_000);
    // While it waits by IDLE.
    await pause(800);
    await send(letter('three'));
    await until(() => source.started.size === 3, 'the third has come');
    expect(subjects(source)).toEqual(['one', 'two', 'three']);
    expect([...source.started.values()][0]).toMatchObject({
      mailbox,
      from: { name: 'Ada', address: 'ada@example.com' },
      to: [{ name: '', address: 'orders@example.com' }],
      messageId: '<one@example.com>',
      text: expect.stringContaining('Two of each') as unknown,
      html: null,
      attachments: [],
      isTooLarge: false,
      sentAt: '2030-01-31T08:59:58.000Z',
    });
  });

  it('keeps attachments as files, and reads of a message that is too large its head only', async () => {
    const { source } = await ready({}, { largest: 1 });
    await send(withAttachments, letter('large', [], 'x'.repeat(1_100_000)));
    await until(() => source.started.size === 2, 'both have come');
    const [files, large] = [...source.started.values()] as unknown as [Trigger, Trigger];
    const [file] = files['attachments'] as { file: string }[];
    expect(file).toEqual({ name: 'order.csv', type: 'text/csv', size: 13, file: expect.any(String) as unknown });
    expect(new TextDecoder().decode(source.files.get(file?.file ?? '')?.bytes)).toBe('id,count\n1,2\n');
    expect(files).toMatchObject({ text: expect.stringContaining('See the files.') as unknown });
    expect(files['html']).toContain('<b>files</b>');
    expect(large).toMatchObject({ subject: 'large', isTooLarge: true, text: '', attachments: [] });
    expect(large['size']).toBeGreaterThan(1_100_000);
  });

  it('loses nothing and starts nothing twice when it ends between storing and going on, or the server does', async () => {
    let stored = 0;
    const first = await ready({
      onStored: (events) => {
        stored += events.length;
        if (stored === 2) throw new TypeError('The process dies.');
      },
    });
    await send(letter('a'), letter('b'), letter('c'));
    await expect(first.done).rejects.toThrow();
    const second = await ready(cursorOf(first.source));
    await until(() => subjects(first.source, second.source).length === 3, 'all have come');
    await server?.kill();
    await expect(second.done).rejects.toMatchObject({ kind: 'upstream' });
    await server?.start();
    await send(letter('d'));
    const third = await ready(cursorOf(second.source));
    await until(() => subjects(third.source).length === 1, 'what came meanwhile');
    expect(subjects(first.source, second.source, third.source)).toEqual(['a', 'b', 'c', 'd']);
    expect(third.source.events).toHaveLength(1);
  }, 30_000);

  it('goes on by the time of arrival when the server numbers its messages anew', async () => {
    const first = await ready();
    await send(letter('a'));
    await until(() => first.source.started.size === 1, 'the first has come');
    first.source.stop();
    await first.done;
    const before = first.source.context.cursor() as { validity: string; receivedAt: number };
    await withClient(async (client) => {
      await client.mailboxDelete(mailbox);
      await pause(1_100);
      await client.mailboxCreate(mailbox);
      await client.append(mailbox, letter('a'), [], new Date(before.receivedAt));
      await client.append(mailbox, letter('b'));
    });
    const next = await ready(cursorOf(first.source));
    await until(() => next.source.started.size === 1, 'the new one has come');
    expect(subjects(next.source)).toEqual(['b']);
    expect((next.source.context.cursor() as { validity: string }).validity).not.toBe(before.validity);
  });

  it('shows the newest on trial, unread as before, and keeps no file of it', async () => {
    const looker = createTestSource(extension, optionsOf({}, { markSeen: true }));
    expect(await looker.peek(extension)).toBeUndefined();
    await send(letter('a'), withAttachments);
    expect(await looker.peek(extension)).toMatchObject({
      subject: 'files',
      text: expect.stringContaining('See the files.'),
      attachments: [{ name: 'order.csv', size: 13, file: null }],
    });
    expect(looker.files.size).toBe(0);
    expect(looker.events).toEqual([]);
    await withClient(async (client) => {
      await client.mailboxOpen(mailbox);
      expect(await client.search({ seen: false })).toHaveLength(2);
    });
    const nowhere = createTestSource(extension, optionsOf({}, { mailbox: 'Nothing' }));
    await expect(nowhere.peek(extension)).rejects.toMatchObject({ code: 'imap.mailbox' });
  });

  it('marks as read what has started a flow, only when it is to', async () => {
    const unread = () =>
      withClient(async (client) => {
        await client.mailboxOpen(mailbox);
        return ((await client.search({ seen: false })) || []).length;
      });
    const quiet = await ready();
    await send(letter('a'));
    await until(() => quiet.source.started.size === 1, 'it has come');
    expect(await unread()).toBe(1);
    quiet.source.stop();
    await quiet.done;
    const { source } = await ready(cursorOf(quiet.source), { markSeen: true });
    await send(letter('b'));
    await until(() => source.started.size === 1, 'the next has come');
    await until(async () => (await unread()) === 1, 'it is marked');
  });

  it('speaks TLS, from the start or after STARTTLS, with a certificate that is checked', async (test) => {
    if (server?.certificate === undefined) return test.skip();
    const { certificate, port, encryptedPort } = server;
    for (const settings of [
      { encryption: 'on', port: encryptedPort },
      { encryption: 'starttls', port },
    ]) {
      const { source } = await ready({}, { ...settings, host: 'localhost', certificate });
      await send(letter(settings.encryption));
      await until(() => source.started.size === 1, settings.encryption);
      const unknown = begin({}, { ...settings, host: 'localhost' });
      await expect(unknown.done).rejects.toMatchObject({ code: 'source.encryption' });
      const other = begin({}, { ...settings, host: '127.0.0.1', certificate });
      await expect(other.done).rejects.toMatchObject({ kind: 'upstream' });
    }
  }, 20_000);

  it('says what is wrong, without telling the password', async () => {
    const refused = begin({ secrets: { password: 'wrong-password' } });
    const error: unknown = await refused.done.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'source.refused' });
    expect(JSON.stringify(error)).not.toContain('wrong-password');
    await expect(begin({}, { mailbox: 'Nothing' }).done).rejects.toMatchObject({ code: 'imap.mailbox' });
    await expect(begin({}, { port: 9 }).done).rejects.toMatchObject({ code: 'source.unreachable' });
  }, 20_000);
});

describe('a message', () => {
  const read = (text: string, settings: Readonly<Record<string, Json>> = {}) => {
    const source = createTestSource(extension, { settings });
    const bytes = new TextEncoder().encode(text);
    const message = { uid: 1, size: bytes.length, receivedAt: new Date(0), bytes, isTooLarge: false };
    return triggerOf(source.context, message) as Promise<unknown> as Promise<Trigger>;
  };

  it('is read whatever it is', async () => {
    expect(await read('')).toMatchObject({ from: null, to: [], subject: '', text: '', html: null, sentAt: null });
    expect(await read('not a message at all')).toMatchObject({ from: null });
    expect(await read('Subject: =?utf-8?B?w4RwZmVs?=\r\nDate: yesterday\r\n\r\nhi')).toMatchObject({
      subject: 'Äpfel',
      sentAt: null,
    });
    const group = 'To: Shop: a@example.com, B <b@example.com>;\r\n\r\nhi';
    expect((await read(group))['to']).toEqual([
      { name: '', address: 'a@example.com' },
      { name: 'B', address: 'b@example.com' },
    ]);
  });

  it('names attachments that are not kept', async () => {
    expect((await read(withAttachments, { attachments: false }))['attachments']).toEqual([
      { name: 'order.csv', type: 'text/csv', size: 13, file: null },
    ]);
  });
});
