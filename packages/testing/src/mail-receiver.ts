import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail that came in. */
export interface ReceivedMail {
  readonly to: readonly string[];
  /** As sent, with the line breaks of its encoding taken out. */
  readonly text: string;
}

/** A mail server on this machine that keeps what it takes, and takes nothing while `isDown`. */
export interface MailReceiver {
  readonly url: string;
  readonly mails: ReceivedMail[];
  isDown: boolean;
  close(): Promise<void>;
}

/** Starts one. */
export async function startMailReceiver(): Promise<MailReceiver> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onRcptTo(_address, _session, callback) {
      callback(receiver.isDown ? Object.assign(new TypeError('busy'), { responseCode: 451 }) : undefined);
    },
    onData(stream, session, callback) {
      let source = '';
      stream.setEncoding('utf8').on('data', (part: string) => (source += part));
      stream.on('end', () => {
        const text = source.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const receiver: MailReceiver = {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    isDown: false,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return receiver;
}
