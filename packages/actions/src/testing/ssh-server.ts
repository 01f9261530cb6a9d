import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import ssh2 from 'ssh2';

/** Who may sign in. */
export interface SshServerOptions {
  readonly password?: string;
  /** A public key, in the format of OpenSSH. */
  readonly publicKey?: string;
}

/** A pair of keys. Some that the library makes it cannot read: those are made anew. */
export function sshKeyPair(passphrase?: string): { readonly private: string; readonly public: string } {
  for (;;) {
    const pair =
      passphrase === undefined
        ? ssh2.utils.generateKeyPairSync('ed25519')
        : ssh2.utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 16 });
    if (!(ssh2.utils.parseKey(pair.private, passphrase) instanceof Error)) return pair;
  }
}

/** Starts an SSH server for one test. It runs commands for real, in a shell on this machine. */
export async function listenSsh(options: SshServerOptions): Promise<{
  readonly port: number;
  readonly hostKey: string;
  readonly children: readonly ChildProcess[];
  /** Ways in which somebody tried to sign in. */
  readonly attempts: readonly string[];
  close(): void;
}> {
  const { private: key, public: publicKey } = sshKeyPair();
  const children: ChildProcess[] = [];
  const attempts: string[] = [];
  const server = new ssh2.Server({ hostKeys: [key] }, (client) => {
    client.on('authentication', (context) => {
      attempts.push(context.method);
      if (context.method === 'password' && context.password === options.password) return context.accept();
      if (context.method === 'publickey' && options.publicKey !== undefined) {
        const allowed = ssh2.utils.parseKey(options.publicKey);
        if (allowed instanceof Error || !context.key.data.equals(allowed.getPublicSSH())) return context.reject();
        if (context.signature === undefined || context.blob === undefined) return context.accept();
        return allowed.verify(context.blob, context.signature, context.hashAlgo) === true
          ? context.accept()
          : context.reject();
      }
      return context.reject(['password', 'publickey']);
    });
    client.on('error', () => undefined);
    client.on('session', (accept) => {
      const session = accept();
      session.on('exec', (acceptExec, _reject, { command }) => {
        const channel = acceptExec();
        const child = spawn('sh', ['-c', command], { stdio: 'pipe' });
        children.push(child);
        session.on('signal', (_accept, _refuse, { name }) => child.kill(`SIG${name}` as NodeJS.Signals));
        // This library hears no signals after the end of input, as sshd does: a closed channel is what it hears.
        channel.on('close', () => child.kill('SIGKILL'));
        channel.pipe(child.stdin).on('error', () => undefined);
        child.stdout.on('data', (chunk: Buffer) => channel.write(chunk));
        child.stderr.on('data', (chunk: Buffer) => channel.stderr.write(chunk));
        child.on('close', (code, signal) => {
          if (code === null) channel.exit((signal ?? 'SIGKILL').slice(3));
          else channel.exit(code);
          channel.end();
        });
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const parsed = ssh2.utils.parseKey(publicKey);
  const blob = parsed instanceof Error ? Buffer.alloc(0) : parsed.getPublicSSH();
  return {
    port: (server.address() as AddressInfo).port,
    hostKey: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
    children,
    attempts,
    close: () => {
      for (const child of children) child.kill('SIGKILL');
      server.close();
    },
  };
}
