import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandboxed } from './start-sandboxed.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-sandbox-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a module and answers what it wrote. */
async function outputOf(code: string): Promise<string> {
  const file = join(folder, 'tried.mjs');
  await writeFile(file, code);
  const child = startSandboxed({ file, heapBytes: 32 * 1024 * 1024, arguments: ['one'] });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => child.once('close', resolve));
  return Buffer.concat(chunks).toString('utf8');
}

describe('the sandbox of processes', () => {
  it('closes files, the network, names, processes, threads and the environment, with nothing but what Node has', async () => {
    const server = createServer((_request, response) => response.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const tries = {
      read: `(await import('node:fs')).readFileSync('/etc/hostname', 'utf8')`,
      list: `(await import('node:fs')).readdirSync('/')`,
      write: `(await import('node:fs')).writeFileSync('${join(folder, 'written')}', 'x')`,
      request: `await (await fetch('http://127.0.0.1:${port}')).text()`,
      socket: `await new Promise(async (yes, no) => (await import('node:net')).connect(${port}, '127.0.0.1').on('connect', yes).on('error', no))`,
      name: `await (await import('node:dns/promises')).lookup('localhost')`,
      resolve: `await (await import('node:dns/promises')).resolve4('localhost')`,
      spawn: `(await import('node:child_process')).execFileSync('/bin/true')`,
      thread: `new (await import('node:worker_threads')).Worker('1', { eval: true })`,
      debugger: `(await import('node:inspector')).open(0) ?? 'open'`,
      compile: `new Function('return 1')()`,
    };
    const code = `const out = {};
      ${Object.entries(tries)
        .map(
          ([name, attempt]) => `try { out['${name}'] = String(${attempt}); } catch (e) { out['${name}'] = 'refused'; }`,
        )
        .join('\n')}
      out.env = JSON.stringify(process.env);
      out.arguments = process.argv.slice(2).join();
      process.stdout.write(JSON.stringify(out), () => process.exit(0));`;
    try {
      const refused = Object.fromEntries(Object.keys(tries).map((name) => [name, 'refused']));
      expect(JSON.parse(await outputOf(code))).toEqual({ ...refused, env: '{}', arguments: 'one' });
    } finally {
      server.close();
    }
  });
});
