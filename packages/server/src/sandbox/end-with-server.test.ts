import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-orphans-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('ends processes that are busy with themselves when the server is killed, and only those that are left', async () => {
  const busy = join(folder, 'busy.mjs');
  await writeFile(busy, `process.stdout.write('busy\\n', () => { for (;;); });`);
  const server = join(folder, 'server.mjs');
  const code = pathToFileURL(join(import.meta.dirname, 'start-sandboxed.ts')).href;
  await writeFile(
    server,
    `import { startSandboxed } from ${JSON.stringify(code)};
    const start = async () => {
      const child = startSandboxed({ file: ${JSON.stringify(busy)}, heapBytes: 32 * 1024 * 1024 });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      return child;
    };
    const [ended, first, second] = [await start(), await start(), await start()];
    await new Promise((resolve) => { ended.once('exit', resolve); ended.kill('SIGKILL'); });
    console.log(JSON.stringify([first.pid, second.pid]));
    setInterval(() => undefined, 1000);`,
  );
  const parent = spawn(process.execPath, [server], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pids = await new Promise<readonly number[]>((resolve, reject) => {
    parent.stdout.once('data', (chunk: Buffer) => resolve(JSON.parse(chunk.toString()) as number[]));
    parent.once('exit', () => reject(new Error('The server ended.')));
  });
  expect(pids.map(isAlive)).toEqual([true, true]);
  parent.removeAllListeners('exit');
  parent.kill('SIGKILL');
  await expect.poll(() => pids.map(isAlive), { timeout: 10_000 }).toEqual([false, false]);
});
