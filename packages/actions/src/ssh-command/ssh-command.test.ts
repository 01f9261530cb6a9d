import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runAction } from '../testing/run-action.ts';
import { listenSsh, sshKeyPair, type SshServerOptions } from '../testing/ssh-server.ts';

const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const password = 'pass-word-123';

async function serve(options: SshServerOptions = { password }) {
  const server = await listenSsh(options);
  servers.push(server);
  const run = (
    settings: Readonly<Record<string, unknown>>,
    more: { readonly secrets?: Readonly<Record<string, string>>; readonly signal?: AbortSignal } = {},
  ) =>
    runAction(
      'ssh-command',
      {
        host: '127.0.0.1',
        port: server.port,
        hostKey: server.hostKey,
        user: 'ada',
        authentication: 'password',
        password: 'p',
        ...settings,
      },
      { secrets: { password }, ...more },
    );
  return { ...server, run };
}

describe('commands by SSH', () => {
  it('are run with input and arguments that stay arguments', async () => {
    const { run } = await serve();
    const { output } = await run({
      command: 'cat; echo warned >&2; printf "[%s]"',
      arguments: ["it's", '$(id) `id` ; rm -rf /tmp/x & \n"', ''],
      input: 'given\n',
    });
    expect(output).toEqual({
      code: 0,
      signal: null,
      output: `given\n[it's][$(id) \`id\` ; rm -rf /tmp/x & \n"][]`,
      errors: 'warned\n',
      truncated: false,
    });
  });

  it('that fail say how and why, or tell', async () => {
    const { run } = await serve();
    const settings = { command: 'echo partly; echo "no such thing" >&2; exit 3' };
    await expect(run(settings)).rejects.toMatchObject({
      code: 'ssh.command-failed',
      message: 'The command ended with code 3: no such thing',
      details: { code: 3 },
    });
    expect((await run({ ...settings, whenFails: 'tell' })).output).toMatchObject({ code: 3, output: 'partly\n' });
    expect((await run({ command: 'kill -TERM $$', whenFails: 'tell' })).output).toMatchObject({
      code: null,
      signal: 'TERM',
    });
  });

  it('are killed over there when their time is up or the run is cancelled', async () => {
    const { run, children } = await serve();
    const started = performance.now();
    await expect(run({ command: 'exec sleep 60', timeLimit: 1 })).rejects.toMatchObject({
      code: 'ssh.timeout',
      kind: 'timeout',
    });
    expect(performance.now() - started).toBeLessThan(4_000);
    const controller = new AbortController();
    const reason = new TypeError('cancelled');
    setTimeout(() => controller.abort(reason), 300);
    await expect(run({ command: 'exec sleep 60' }, { signal: controller.signal })).rejects.toBe(reason);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const sleeping = children.filter(({ spawnargs }) => spawnargs.includes('exec sleep 60'));
    expect(sleeping.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', 'SIGKILL']);
  }, 20_000);

  it('may say more than is kept', async () => {
    const { run } = await serve();
    const { output } = await run({ command: 'head -c 3000000 /dev/zero | tr "\\0" x', maxOutput: 1_000 });
    expect(output).toMatchObject({ code: 0, truncated: true, output: 'x'.repeat(1_000) });
  });

  it('go only to the machine whose key is known; nothing is told to another', async () => {
    const { run, hostKey, attempts } = await serve();
    const other = `SHA256:${'A'.repeat(43)}`;
    await expect(run({ command: 'true', hostKey: other })).rejects.toMatchObject({
      code: 'ssh.fingerprint-other',
      message: expect.stringContaining(hostKey) as unknown,
    });
    await expect(run({ command: 'true', hostKey: '' })).rejects.toMatchObject({
      code: 'ssh.fingerprint-missing',
      message: expect.stringContaining(hostKey) as unknown,
    });
    await expect(run({ command: 'true', hostKey: 'MD5:aa' })).rejects.toMatchObject({
      code: 'ssh.fingerprint-invalid',
    });
    expect(attempts).toEqual([]);
  });

  it('sign in by keys, also with a passphrase, and say when they cannot', async () => {
    const keys = sshKeyPair('open sesame');
    const { run } = await serve({ publicKey: keys.public });
    const settings = { command: 'echo in', authentication: 'key', privateKey: 'k', passphrase: 'p' };
    const secrets = { privateKey: keys.private, passphrase: 'open sesame' };
    expect((await run(settings, { secrets })).output).toMatchObject({ output: 'in\n' });
    await expect(run(settings, { secrets: { ...secrets, passphrase: 'wrong' } })).rejects.toMatchObject({
      code: 'ssh.key-unreadable',
    });
    const strange = sshKeyPair();
    await expect(run(settings, { secrets: { privateKey: strange.private } })).rejects.toMatchObject({
      code: 'ssh.not-signed-in',
    });
    const wrong: unknown = await run({ command: 'true' }).catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'ssh.not-signed-in' });
    expect(String((wrong as Error).message)).not.toContain(password);
    await expect(run({ ...settings, privateKey: '' }, { secrets })).rejects.toMatchObject({
      code: 'action.incomplete',
    });
  });

  it('say when nobody answers', async () => {
    const { run, close, port } = await serve();
    close();
    await expect(run({ command: 'true', port })).rejects.toThrow();
  });
});

/** The server that most machines run. It wants to be started by root. */
const sshd = '/usr/sbin/sshd';
const hasSshd = existsSync(sshd) && process.getuid?.() === 0;

describe.skipIf(!hasSshd)("commands by SSH, on OpenSSH's own server", () => {
  it('are run and killed there', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'fettle-sshd-'));
    mkdirSync('/run/sshd', { recursive: true });
    const [hostKeys, userKeys] = [sshKeyPair(), sshKeyPair()];
    const file = (name: string, content: string): string => {
      writeFileSync(path.join(folder, name), content, { mode: 0o600 });
      return path.join(folder, name);
    };
    const hostKeyFile = file('host', hostKeys.private);
    const publicFile = file('host.pub', hostKeys.public);
    const config = [
      `HostKey ${hostKeyFile}`,
      `AuthorizedKeysFile ${file('authorized', userKeys.public)}`,
      'ListenAddress 127.0.0.1',
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin yes',
      'PidFile none',
    ];
    const port = await freePort();
    const child = spawn(sshd, ['-D', '-e', '-p', String(port), '-f', file('config', `${config.join('\n')}\n`)]);
    try {
      await listening(port);
      const hostKey = execFileSync('ssh-keygen', ['-lf', publicFile], { encoding: 'utf8' });
      const run = (settings: Readonly<Record<string, unknown>>) =>
        runAction(
          'ssh-command',
          { host: '127.0.0.1', port, hostKey, user: 'root', authentication: 'key', privateKey: 'k', ...settings },
          { secrets: { privateKey: userKeys.private } },
        );
      const { output } = await run({ command: 'cat; printf %s', arguments: ["it's $HOME"], input: 'in ' });
      expect(output).toMatchObject({ code: 0, output: "in it's $HOME" });
      const mark = `4${Date.now()}`;
      await expect(run({ command: `sleep ${mark} & sleep ${mark}`, timeLimit: 2 })).rejects.toMatchObject({
        code: 'ssh.timeout',
      });
      await new Promise((resolve) => setTimeout(resolve, 500));
      const running = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
      expect(running.filter((line) => line.includes(mark))).toEqual([]);
    } finally {
      child.kill();
      rmSync(folder, { recursive: true });
    }
  }, 20_000);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
