import { type AppError, inputError, upstreamError } from '@fettle/base';
import type { FlowPlatform } from '@fettle/sdk/server';

/** Where mail goes out, and who it comes from. `url` holds the password: it never enters errors or logs. */
export interface MailServer {
  readonly url: string;
  readonly from: string;
}

/** Sends by the installation's mail server. The operator named it, so the rules for outbound addresses do not apply. */
export function createMailSender({ url, from }: MailServer): FlowPlatform['sendMail'] {
  return async (mail) => {
    // Few installations send mail, and those seldom: the library is loaded for the first one.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      ...connectionOf(url),
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      // Contents come from flows, which must not make this server read files or addresses.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      const { messageId } = await transport.sendMail({
        from,
        to: [...mail.to],
        cc: [...(mail.cc ?? [])],
        bcc: [...(mail.bcc ?? [])],
        subject: mail.subject,
        text: mail.text,
        attachments: (mail.attachments ?? []).map(({ name, type, bytes }) => ({
          filename: name,
          contentType: type,
          content: Buffer.from(bytes),
        })),
        ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
        ...(mail.html === undefined ? {} : { html: mail.html }),
        ...(mail.messageId === undefined ? {} : { messageId: mail.messageId }),
        ...(mail.calendar === undefined ? {} : { icalEvent: { ...mail.calendar, filename: 'invite.ics' } }),
      });
      return { messageId };
    } catch (error) {
      throw translate(error);
    } finally {
      transport.close();
    }
  };
}

/** Connects and signs in as sending would, and sends nothing. */
export async function checkMailServer(url: string): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({ ...connectionOf(url), connectionTimeout: 10_000, greetingTimeout: 10_000 });
  try {
    await transport.verify();
  } catch (error) {
    throw translate(error);
  } finally {
    transport.close();
  }
}

function connectionOf(text: string) {
  const url = new URL(text);
  const isTls = url.protocol === 'smtps:';
  const auth =
    url.username === ''
      ? undefined
      : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return {
    host: url.hostname.replaceAll(/^\[|\]$/g, ''),
    port: url.port === '' ? (isTls ? 465 : 587) : Number(url.port),
    secure: isTls,
    // A password never goes over a connection that others can read.
    requireTLS: auth !== undefined && !isTls,
    ...(auth === undefined ? {} : { auth }),
  };
}

/** What a mail server says may quote what it was sent; only its code is told. */
function translate(cause: unknown): AppError {
  const { code, responseCode } = cause as { readonly code?: string; readonly responseCode?: number };
  if (code === 'EAUTH') {
    return upstreamError({
      code: 'mail.not-signed-in',
      message: 'The mail server does not accept the user and password.',
      hint: 'The operator can correct FETTLE_SMTP_URL.',
      cause,
    });
  }
  if (code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500) {
    return inputError({
      code: 'mail.refused',
      message: `The mail server refuses the sender or all recipients (${responseCode}).`,
      hint: 'Check the addresses.',
      cause,
    });
  }
  return upstreamError({
    code: 'mail.failed',
    message: `The mail server did not take the message${responseCode === undefined ? '' : ` (${responseCode})`}.`,
    hint: 'Let the step try again; the operator can check FETTLE_SMTP_URL.',
    cause,
  });
}
