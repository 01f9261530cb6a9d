import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';

/** A mail server of the test's own. */
export interface MailServer {
  readonly port: number;
  readonly encryptedPort: number;
  /** Its certificate, for `localhost`; undefined where none could be made. */
  readonly certificate: string | undefined;
  readonly user: string;
  readonly password: string;
  /** A client that is signed in. Close it. */
  signIn(): Promise<ImapFlow>;
  /** Ends it without a word. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const program = process.env['FETTLE_TEST_DOVECOT'] ?? '/usr/sbin/dovecot';
const account = { user: 'orders@example.com', password: 'letter-box-7391' };

/** Starts a Dovecot on free ports; undefined where it is not installed (`FETTLE_TEST_DOVECOT` says where it is). */
export async function startDovecot(): Promise<MailServer | undefined> {
  if (!existsSync(program)) {
    process.stderr.write(`Skipped: no Dovecot at ${program}. Set FETTLE_TEST_DOVECOT to run these tests.\n`);
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'fettle-mail-'));
  await chmod(folder, 0o755);
  const [port, encryptedPort] = [await freePort(), await freePort()];
  const certificate = await makeCertificate(folder);
  await mkdir(join(folder, 'mail'), { mode: 0o777 });
  await chmod(join(folder, 'mail'), 0o777);
  await writeFile(join(folder, 'users'), `${account.user}:{PLAIN}${account.password}\n`);
  await writeFile(
    join(folder, 'dovecot.conf'),
    configuration(folder, { port, encryptedPort, hasTls: certificate !== undefined }),
  );
  let child: ReturnType<typeof spawn> | undefined;
  const signIn = async (): Promise<ImapFlow> => {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      doSTARTTLS: false,
      auth: { user: account.user, pass: account.password },
      logger: false,
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const start = async (): Promise<void> => {
    child = spawn(program, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' });
    for (let tries = 0; ; tries += 1) {
      try {
        (await signIn()).close();
        return;
      } catch (error) {
        if (tries > 60) throw new TypeError(`Dovecot does not start: ${await logOf(folder)}`, { cause: error });
        await pause(100);
      }
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    if (ending === undefined || ending.exitCode !== null) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await gone;
  };
  await start();
  return {
    port,
    encryptedPort,
    certificate,
    ...account,
    signIn,
    start,
    // Its helpers end with it when they are told to; killed alone, it would leave them.
    kill: () => end('SIGTERM'),
    stop: async () => {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function configuration(
  folder: string,
  { port, encryptedPort, hasTls }: { readonly port: number; readonly encryptedPort: number; readonly hasTls: boolean },
): string {
  const { uid, gid, username } = userInfo();
  const isRoot = uid === 0;
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = ${hasTls ? 'yes' : 'no'}
${hasTls ? `ssl_cert = <${folder}/cert.pem\nssl_key = <${folder}/key.pem` : ''}
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
${isRoot ? '' : `default_internal_user = ${username}\ndefault_internal_group = ${username}\ndefault_login_user = ${username}`}
passdb {
  driver = passwd-file
  args = ${folder}/users
}
userdb {
  driver = static
  args = uid=${isRoot ? 65534 : uid} gid=${isRoot ? 65534 : gid} home=${folder}/mail/%u
}
service imap-login {
  ${isRoot ? '' : 'chroot ='}
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${hasTls ? encryptedPort : 0}
    ssl = yes
  }
}
${isRoot ? '' : 'service anvil {\n  chroot =\n}'}
`;
}

async function makeCertificate(folder: string): Promise<string | undefined> {
  try {
    const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...subject], {
      stdio: 'ignore',
    });
    return await readFile(join(folder, 'cert.pem'), 'utf8');
  } catch {
    return undefined;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function logOf(folder: string): Promise<string> {
  return readFile(join(folder, 'log'), 'utf8').catch(() => 'no log');
}
