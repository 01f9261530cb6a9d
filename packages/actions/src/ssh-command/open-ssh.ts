import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError, inputError, upstreamError } from '@fettle/base';
import type { FlowActionContext } from '@fettle/sdk/server';
import { Client, type ConnectConfig } from 'ssh2';
import { optionalText, required, requiredText } from '../required.ts';

/** Signs in on the machine of a step. The machine proves by its key that it is the one: before anything is told to it. */
export async function openSsh(context: FlowActionContext, signal: AbortSignal): Promise<Client> {
  const { settings } = context;
  const host = requiredText(settings['host'], 'Name the machine.');
  const username = requiredText(settings['user'], 'Name the user.');
  const credentials = credentialsOf(context);
  const pinned = fingerprintOf(optionalText(settings['hostKey']));
  const socket = await context.connect(host, Number(settings['port'] ?? 22), signal);
  const client = new Client();
  let shown = '';
  return await new Promise<Client>((resolve, reject) => {
    const give = (error: unknown): void => {
      client.end();
      socket.destroy();
      reject(error as Error);
    };
    const onAbort = (): void => give(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    client.once('ready', () => {
      signal.removeEventListener('abort', onAbort);
      resolve(client);
    });
    // Also later errors come here; without a listener they would end the server.
    client.on('error', (error) => {
      signal.removeEventListener('abort', onAbort);
      give(shown !== '' && !isPinned(shown, pinned) ? otherKey(shown, pinned) : translate(error));
    });
    const options: ConnectConfig = {
      sock: socket,
      username,
      ...credentials,
      readyTimeout: 20_000,
      keepaliveInterval: 15_000,
      tryKeyboard: false,
      hostVerifier: (key: Buffer): boolean => {
        shown = createHash('sha256').update(key).digest('base64').replace(/=+$/, '');
        return isPinned(shown, pinned);
      },
    };
    try {
      client.connect(options);
    } catch (error) {
      // A key that cannot be read is said at once.
      signal.removeEventListener('abort', onAbort);
      give(translate(error as Error));
    }
  });
}

function credentialsOf({
  settings,
  secrets,
}: FlowActionContext): Pick<ConnectConfig, 'password' | 'privateKey' | 'passphrase'> {
  if (settings['authentication'] === 'password') {
    required(settings['password'], 'Choose the stored secret with the password.');
    return { password: required(secrets['password'], 'The stored secret of the password is not there.') };
  }
  required(settings['privateKey'], 'Choose the stored secret with the private key.');
  const privateKey = required(secrets['privateKey'], 'The stored secret of the private key is not there.');
  const passphrase = secrets['passphrase'];
  return { privateKey: `${privateKey.trim()}\n`, ...(passphrase === undefined ? {} : { passphrase }) };
}

function fingerprintOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const fingerprint = /SHA256:([A-Za-z0-9+/]{43})=?/.exec(text)?.[1];
  if (fingerprint !== undefined) return fingerprint;
  throw inputError({
    code: 'ssh.fingerprint-invalid',
    message: "The fingerprint of the machine's key is not one.",
    hint: 'Write SHA256: and 43 signs, as ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub shows it on the machine.',
  });
}

function isPinned(shown: string, pinned: string | undefined): boolean {
  return pinned !== undefined && timingSafeEqual(Buffer.from(shown), Buffer.from(pinned));
}

function otherKey(shown: string, pinned: string | undefined): AppError {
  if (pinned === undefined) {
    return inputError({
      code: 'ssh.fingerprint-missing',
      message: `Nobody has said which key the machine has. It shows SHA256:${shown}.`,
      hint: 'Compare it with the one on the machine (ssh-keygen -l) and put it into the step.',
    });
  }
  return new AppError('not-allowed', {
    code: 'ssh.fingerprint-other',
    message: `The machine shows another key than it should: SHA256:${shown}. Nothing was told to it.`,
    hint: 'If its key was changed on purpose, put the new fingerprint into the step. Otherwise somebody may stand in between.',
  });
}

/** What a machine says may quote what it was sent: only the kind of error is told. */
function translate(cause: Error): AppError {
  const level = (cause as Error & { readonly level?: string }).level;
  if (level === 'client-authentication') {
    return inputError({
      code: 'ssh.not-signed-in',
      message: 'The machine does not accept this user with this key or password.',
      hint: 'Check the user and the stored secret, and that the machine allows this way of signing in.',
      cause,
    });
  }
  if (/parse privateKey|passphrase/i.test(cause.message)) {
    return inputError({
      code: 'ssh.key-unreadable',
      message: 'The private key cannot be read.',
      hint: 'Store it as PEM or in the format of OpenSSH, and its passphrase when it has one.',
      cause,
    });
  }
  return upstreamError({
    code: level === 'client-timeout' ? 'ssh.no-answer' : 'ssh.failed',
    message: level === 'client-timeout' ? 'The machine does not answer.' : 'The connection to the machine failed.',
    hint: 'Check the address and port, and that SSH runs there.',
    cause,
  });
}
