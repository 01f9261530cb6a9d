import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { AppError, type Json } from '@fettle/base';
import type { FlowSourceContext } from '@fettle/sdk/server';

/** A message as the server sent it. */
export interface RawMessage {
  readonly uid: number;
  readonly size: number;
  readonly receivedAt: Date;
  /** The whole message, or its head where it is too large. */
  readonly bytes: Uint8Array;
  readonly isTooLarge: boolean;
}

/** Attachments of one message that are kept. */
const mostAttachments = 50;
/** Characters of a text that a flow gets; the rest is cut off. */
const longestText = 1_000_000;

/** What a flow gets of a message. Its attachments are kept as files first. */
export async function triggerOf(
  { settings, files }: Pick<FlowSourceContext, 'settings' | 'files'>,
  message: RawMessage,
): Promise<Json> {
  const email = await PostalMime.parse(message.bytes, {
    maxNestingDepth: 50,
    maxHeadersSize: 1_000_000,
    attachmentEncoding: 'arraybuffer',
  });
  const attachments: Json[] = [];
  for (const attachment of message.isTooLarge ? [] : email.attachments)
    attachments.push(
      await keep(attachment, {
        isWanted: settings['attachments'] !== false,
        isRoom: attachments.length < mostAttachments,
        files,
      }),
    );
  return {
    mailbox: String(settings['mailbox']),
    uid: message.uid,
    messageId: email.messageId ?? null,
    inReplyTo: email.inReplyTo ?? null,
    from: peopleOf(email.from === undefined ? [] : [email.from])[0] ?? null,
    to: peopleOf(email.to),
    cc: peopleOf(email.cc),
    replyTo: peopleOf(email.replyTo),
    subject: email.subject ?? '',
    ...(message.isTooLarge ? { text: '', html: null } : textsOf(email)),
    attachments,
    isTooLarge: message.isTooLarge,
    size: message.size,
    sentAt: timeOf(email.date),
    receivedAt: message.receivedAt.toISOString(),
  };
}

function textsOf({ text, html }: Email): { readonly text: string; readonly html: string | null } {
  return { text: (text ?? '').slice(0, longestText), html: html === undefined ? null : html.slice(0, longestText) };
}

function peopleOf(addresses: readonly Address[] = []): readonly { readonly name: string; readonly address: string }[] {
  return addresses.flatMap((one) =>
    one.address === undefined ? peopleOf(one.group) : [{ name: one.name, address: one.address }],
  );
}

function timeOf(text: string | undefined): string | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

async function keep(
  { filename, mimeType, content }: Attachment,
  how: { readonly isWanted: boolean; readonly isRoom: boolean; readonly files: FlowSourceContext['files'] },
): Promise<Json> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  const facts = { name: filename ?? 'attachment', type: mimeType, size: bytes.length };
  if (!how.isWanted) return { ...facts, file: null };
  if (!how.isRoom) return { ...facts, file: null, problem: `Only the first ${mostAttachments} are kept.` };
  try {
    return { ...facts, file: await how.files.write({ name: facts.name, type: mimeType, bytes }) };
  } catch (error) {
    // An empty one, or one that is not what its name says: the message starts the flow all the same.
    if (error instanceof AppError && (error.kind === 'input' || error.kind === 'too-large'))
      return { ...facts, file: null, problem: error.message };
    throw error;
  }
}
