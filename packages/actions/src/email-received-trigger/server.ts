import { ImapFlow } from 'imapflow';
import { inputError, type Json } from '@fettle/base';
import type { FlowPeekContext, FlowSourceContext, FlowSourceImplementation } from '@fettle/sdk/server';
import { connectionError } from '../listening/connection-error.ts';
import { connectionOf, connectTimeoutMs } from '../listening/connection.ts';
import { requiredText } from '../required.ts';
import { imapPorts } from './manifest.ts';
import { triggerOf, type RawMessage } from './read-message.ts';

/** Where it stands. A UID means something under one UIDVALIDITY only. */
interface Cursor {
  readonly validity: string;
  /** Messages with higher ones are new. */
  readonly uid: number;
  /** When the last message arrived, in milliseconds since 1970: where it goes on when UIDs have changed. */
  readonly receivedAt: number;
}

/** The mailbox is looked into at least this often, also when the server says nothing, in milliseconds. */
const lookMs = 60_000;

/** Stays signed in and looks when the server says that something has come (IDLE), and now and then. */
export const trigger: FlowSourceImplementation = {
  async run(context) {
    const { settings, signal } = context;
    const user = requiredText(settings['user'], 'Name the user.');
    const mailbox = requiredText(settings['mailbox'], 'Name the folder.');
    const client = await clientOf(context, user);
    const lost = lossOf(client);
    let wake: () => void = () => undefined;
    client.on('exists', () => wake());
    signal.addEventListener('abort', () => wake(), { once: true });
    try {
      await Promise.race([client.connect(), lost]);
      await client.mailboxOpen(mailbox, { readOnly: settings['markSeen'] !== true });
      await begin(context, client);
      context.connected();
      while (!signal.aborted) {
        // What comes while it looks is looked at once more.
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await Promise.race([look(context, client, { user, mailbox }), lost]);
        if (!signal.aborted) await Promise.race([woken, elapsed(lookMs), lost]);
      }
      await Promise.race([client.logout(), elapsed(1_000)]);
    } catch (error) {
      if (!signal.aborted) throw translated(error, mailbox);
    } finally {
      client.close();
    }
  },
  /** The newest message in the folder. It stays as it is, and its attachments are named, not kept. */
  async peek(context) {
    const { settings, signal } = context;
    const user = requiredText(settings['user'], 'Name the user.');
    const mailbox = requiredText(settings['mailbox'], 'Name the folder.');
    const client = await clientOf(context, user);
    const lost = lossOf(client);
    const stop = (): void => client.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await Promise.race([newest(context, client, mailbox), lost]);
    } catch (error) {
      signal.throwIfAborted();
      throw translated(error, mailbox);
    } finally {
      signal.removeEventListener('abort', stop);
      client.close();
    }
  },
};

/** Rejects when the connection is lost. */
function lossOf(client: ImapFlow): Promise<never> {
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  client.on('error', (error: unknown) => lost.reject(error as Error));
  client.on('close', () => lost.reject(new TypeError('The connection was closed.')));
  return lost.promise;
}

async function newest(context: FlowPeekContext, client: ImapFlow, mailbox: string): Promise<Json | undefined> {
  await client.connect();
  const { exists } = await client.mailboxOpen(mailbox, { readOnly: true });
  const head = exists === 0 ? false : await client.fetchOne('*', { uid: true });
  const message = head === false ? undefined : await fetchMessage(client, head.uid, largestOf(context));
  const files = { write: () => Promise.reject(new TypeError('Nothing is kept of what is only looked at.')) };
  const settings = { ...context.settings, attachments: false };
  return message === undefined ? undefined : triggerOf({ settings, files }, message);
}

function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

async function clientOf(context: FlowPeekContext, user: string): Promise<ImapFlow> {
  const { address, port, tls, password } = await connectionOf(context, imapPorts);
  const isImplicit = context.settings['encryption'] === 'on';
  return new ImapFlow({
    host: address,
    port,
    secure: isImplicit,
    ...(isImplicit ? {} : { doSTARTTLS: tls !== undefined }),
    ...(tls?.servername === undefined ? {} : { servername: tls.servername }),
    tls: { rejectUnauthorized: true, ...(tls?.ca === undefined ? {} : { ca: tls.ca }) },
    auth: { user, pass: password ?? '' },
    logger: false,
    clientInfo: { name: 'Fettle' },
    disableCompression: true,
    autoIdleDelay: 500,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    maxLiteralSize: largestOf(context) + 1_000_000,
    maxResponseSize: largestOf(context) + 5_000_000,
  });
}

function largestOf({ settings }: FlowPeekContext): number {
  return Number(settings['largest']) * 1_000_000;
}

/** Begins behind what is there; or, when the server numbered its messages anew, behind what had arrived before. */
async function begin(context: FlowSourceContext, client: ImapFlow): Promise<void> {
  if (client.mailbox === false) throw connectionError(new TypeError('The connection was closed.'), 'the mail server');
  const validity = String(client.mailbox.uidValidity);
  const cursor = context.cursor() as Cursor | undefined;
  if (cursor?.validity === validity) return;
  const last = client.mailbox.uidNext - 1;
  const uid = cursor === undefined ? last : await lastBefore(client, cursor.receivedAt, last);
  const receivedAt = cursor?.receivedAt ?? context.now();
  await advance(context, { validity, uid, receivedAt }, []);
}

/** The highest UID of what arrived until then. `last`: the highest there is. */
async function lastBefore(client: ImapFlow, receivedAt: number, last: number): Promise<number> {
  // Servers search by the day only.
  const since = new Date(receivedAt - 86_400_000);
  const uids = (await client.search({ since }, { uid: true })) || [];
  if (uids.length === 0) return last;
  let first = last + 1;
  for await (const { uid, internalDate } of client.fetch(uids, { internalDate: true }, { uid: true }))
    if (timeOf(internalDate) > receivedAt) first = Math.min(first, uid);
  return first - 1;
}

async function look(
  context: FlowSourceContext,
  client: ImapFlow,
  place: { readonly user: string; readonly mailbox: string },
): Promise<void> {
  const cursor = context.cursor() as unknown as Cursor;
  const found = (await client.search({ uid: `${cursor.uid + 1}:*` }, { uid: true })) || [];
  // A range up to the last one always holds the last one.
  const uids = found.filter((uid) => uid > cursor.uid).toSorted((a, b) => a - b);
  for (const uid of uids) {
    if (context.signal.aborted) return;
    const message = await fetchMessage(client, uid, largestOf(context));
    // Deleted or moved meanwhile: there is nothing to start a flow with.
    const events =
      message === undefined
        ? []
        : [
            {
              key: `mail ${place.user} ${place.mailbox} ${cursor.validity} ${uid}`,
              trigger: await triggerOf(context, message),
            },
          ];
    const receivedAt = message?.receivedAt.getTime() ?? cursor.receivedAt;
    await advance(context, { validity: cursor.validity, uid, receivedAt }, events);
    if (context.settings['markSeen'] === true) await client.messageFlagsAdd(uid, ['\\Seen'], { uid: true });
  }
}

async function advance(
  context: FlowSourceContext,
  cursor: Cursor,
  events: Parameters<FlowSourceContext['deliver']>[0]['events'],
): Promise<void> {
  await context.deliver({ events, cursor: cursor as unknown as Json, position: `message ${cursor.uid}` });
}

async function fetchMessage(client: ImapFlow, uid: number, largest: number): Promise<RawMessage | undefined> {
  const head = await client.fetchOne(uid, { size: true, internalDate: true }, { uid: true });
  if (head === false) return undefined;
  const size = head.size ?? 0;
  const isTooLarge = size > largest;
  const body = await client.fetchOne(uid, isTooLarge ? { headers: true } : { source: true }, { uid: true });
  const bytes = body === false ? undefined : isTooLarge ? body.headers : body.source;
  if (bytes === undefined) return undefined;
  return { uid, size, receivedAt: new Date(timeOf(head.internalDate)), bytes, isTooLarge };
}

function timeOf(date: Date | string | undefined): number {
  return date === undefined ? 0 : new Date(date).getTime();
}

function translated(error: unknown, mailbox: string): Error {
  const { authenticationFailed, serverResponseCode, responseText } = (error ?? {}) as {
    readonly authenticationFailed?: boolean;
    readonly serverResponseCode?: string;
    readonly responseText?: string;
  };
  const said = responseText ?? '';
  if (authenticationFailed === true)
    return connectionError(new TypeError(`it does not accept the login. ${said}`), 'the mail server');
  if (serverResponseCode === 'NONEXISTENT' || /doesn't exist|does not exist|unknown mailbox/i.test(said))
    return inputError({
      code: 'imap.mailbox',
      message: `There is no folder "${mailbox.slice(0, 100)}".`,
      hint: 'Write its whole path as the mail server has it, such as INBOX.Orders.',
    });
  return connectionError(error, 'the mail server');
}
