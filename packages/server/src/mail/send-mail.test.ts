import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createMailSender } from './send-mail.ts';

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
}

const servers: SMTPServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()));
});

/** A mail server on this machine that keeps what it takes and refuses the recipient `nobody@…`. */
async function listen(options: { readonly hidesTls?: boolean } = {}) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    ...(options.hidesTls === true ? { hideSTARTTLS: true } : {}),
    onRcptTo({ address }, _session, callback) {
      const error = Object.assign(new TypeError('secret-words: no such user'), { responseCode: 550 });
      callback(address.startsWith('nobody@') ? error : undefined);
    },
    onData(stream, session, callback) {
      let source = '';
      stream.setEncoding('utf8').on('data', (part: string) => (source += part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false || mailFrom === undefined ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          source,
        });
        callback();
      });
    },
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return { port: (server.server.address() as AddressInfo).port, received };
}

const mail = { to: ['ada@example.com'], subject: 'Grüße', text: 'Hello' };
const from = 'Fettle <fettle@example.com>';

describe('mail', () => {
  it('goes out with HTML, attachment, invitation and hidden recipients', async () => {
    const { port, received } = await listen({ hidesTls: true });
    const send = createMailSender({ url: `smtp://127.0.0.1:${port}`, from });
    const { messageId } = await send({
      ...mail,
      bcc: ['boss@example.com'],
      replyTo: 'help@example.com',
      html: '<p>Hello</p>',
      messageId: '<run_1.stp_1@fettle>',
      attachments: [{ name: 'a.txt', type: 'text/plain', bytes: new TextEncoder().encode('content of a') }],
      calendar: { method: 'request', content: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR' },
    });
    expect(messageId).toBe('<run_1.stp_1@fettle>');
    const [one] = received;
    expect(one).toMatchObject({ from: 'fettle@example.com', to: ['ada@example.com', 'boss@example.com'] });
    expect(one?.source).toMatch(/Subject: =\?UTF-8\?/);
    for (const part of [
      'text/html',
      'text/calendar',
      'method=REQUEST',
      'filename=a.txt',
      'Reply-To: help@example.com',
    ]) {
      expect(one?.source).toContain(part);
    }
    expect(one?.source).toContain(Buffer.from('content of a').toString('base64'));
    expect(one?.source).not.toContain('boss@example.com');
  });

  it('cannot be made to add headers', async () => {
    const { port, received } = await listen({ hidesTls: true });
    const send = createMailSender({ url: `smtp://127.0.0.1:${port}`, from });
    await send({ ...mail, subject: 'a\r\nBcc: evil@example.com' });
    expect(received[0]?.to).toEqual(['ada@example.com']);
    expect(received[0]?.source).not.toMatch(/^Bcc:/m);
  });

  it('says what went wrong, without what the server said or the password', async () => {
    const { port } = await listen({ hidesTls: true });
    const url = `smtp://127.0.0.1:${port}`;
    const refused: unknown = await createMailSender({ url, from })({ ...mail, to: ['nobody@example.com'] }).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ code: 'mail.refused' });
    expect(String((refused as Error).message)).not.toContain('secret-words');
    // Without TLS the password is not sent at all.
    const unsafe = `smtp://user:pass-word-1@127.0.0.1:${port}`;
    const failed: unknown = await createMailSender({ url: unsafe, from })(mail).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'mail.failed' });
    expect(String((failed as Error).message)).not.toContain('pass-word-1');
    await expect(createMailSender({ url: 'smtp://127.0.0.1:9', from })(mail)).rejects.toMatchObject({
      code: 'mail.failed',
    });
  });
});
