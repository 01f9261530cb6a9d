import { inputError } from '@fettle/base';
import type { FlowActionContext, FlowActionImplementation } from '@fettle/sdk/server';
import { marked } from 'marked';
import { listOf, optionalText, required, requiredText } from '../required.ts';
import { fileIdOf } from '../services/file-content.ts';
import { calendarOf } from './calendar-event.ts';

const maxAttachmentBytes = 20_000_000;

/** See {@link sendEmailManifest}. The message id follows from the step's key: a mailbox can tell doubles by it. */
export const action: FlowActionImplementation = {
  describe: ({ to, subject }) =>
    `Send "${(optionalText(subject) ?? '').replaceAll(/\s+/g, ' ').slice(0, 100)}" to ${listOf<string>(to).slice(0, 3).join(', ').slice(0, 150) || 'nobody'}`,

  async run(context) {
    const { settings, platform, signal, idempotencyKey } = context;
    signal.throwIfAborted();
    const to = addressesOf(settings['to']);
    required(to[0], 'Say who gets the e-mail.');
    const [cc, bcc] = [addressesOf(settings['cc']), addressesOf(settings['bcc'])];
    const subject = requiredText(settings['subject'], 'Write the subject.');
    const text = requiredText(settings['body'], 'Write the text.');
    const replyTo = optionalText(settings['replyTo']);
    const id = idempotencyKey.replaceAll(/[^\w.-]/g, '.');
    const event = eventOf(context, { id, subject, text, attendees: [...to, ...cc] });
    const attachments = await attachmentsOf(context);
    signal.throwIfAborted();
    const { messageId } = await platform.sendMail({
      to,
      cc,
      bcc,
      subject,
      text,
      html: htmlOf(text),
      attachments,
      messageId: `<${id}@fettle>`,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(event === undefined ? {} : { calendar: { method: event.method, content: event.content } }),
    });
    return { messageId, recipients: to.length + cc.length + bcc.length, eventId: event?.uid ?? '' };
  },
};

/** The event that the e-mail invites to or calls off, when it has a start. */
function eventOf(
  { settings, platform, now }: FlowActionContext,
  mail: { readonly id: string; readonly subject: string; readonly text: string; readonly attendees: readonly string[] },
) {
  const start = optionalText(settings['eventStart']);
  if (start === undefined) return undefined;
  const known = optionalText(settings['eventId']);
  const method = settings['eventKind'] === 'cancel' ? ('cancel' as const) : ('request' as const);
  if (method === 'cancel') required(known, 'Give the id of the event, which the step that invited to it gave.');
  const uid = known ?? `${mail.id}@fettle`;
  const content = calendarOf({
    method,
    uid,
    // Seconds since 2020 grow, so that calendars take the later message of an event for the newer one.
    sequence: known === undefined ? 0 : Math.floor(now() / 1000) - 1_577_836_800,
    title: mail.subject,
    description: mail.text,
    start,
    end: optionalText(settings['eventEnd']),
    place: optionalText(settings['eventPlace']),
    organizer: optionalText(settings['replyTo']) ?? platform.mailFrom ?? 'nobody@localhost',
    attendees: mail.attendees,
    now: now(),
  });
  return { method, content, uid };
}

/** Markdown as HTML. Values in it come from bindings: HTML in them is shown, not used. */
function htmlOf(markdown: string): string {
  return marked.parse(markdown.replaceAll('&', '&amp;').replaceAll('<', '&lt;'), { async: false, breaks: true });
}

function addressesOf(value: unknown): readonly string[] {
  const list = listOf<unknown>(value)
    .flatMap((one) => (optionalText(one) ?? '').split(/[,;]/))
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const wrong = list.find((one) => !/^[^\s@<>]+@[^\s@<>]+$/.test(one));
  if (wrong === undefined) return list;
  throw inputError({
    code: 'mail.address-invalid',
    message: `"${wrong.slice(0, 100)}" is not an e-mail address.`,
    hint: 'Write plain addresses, such as ada@example.com.',
  });
}

async function attachmentsOf({ settings, files }: FlowActionContext) {
  const attachments = [];
  let size = 0;
  for (const file of listOf<unknown>(settings['attachments'])) {
    const found = await files.read(fileIdOf(file));
    size += found.bytes.length;
    if (size > maxAttachmentBytes) {
      throw inputError({
        code: 'mail.too-large',
        message: `The attachments have more than ${maxAttachmentBytes} bytes together.`,
        hint: 'Send links instead.',
      });
    }
    attachments.push(found);
  }
  return attachments;
}
