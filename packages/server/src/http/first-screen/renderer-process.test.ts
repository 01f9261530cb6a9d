import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../log.ts';
import { createRendererProcess, type Renderer, type RendererOptions, type RenderJob } from './renderer-process.ts';

const log = createLog('silent');

describe('the process that renders', () => {
  let folder: string;
  let renderer: Renderer;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fettle-renderer-'));
    await mkdir(join(folder, 'own'));
  });
  afterEach(async () => {
    renderer.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A renderer whose process runs `onStart` for each page: it may use `message`, `send` and `state`. */
  async function start(onStart: string, options: Partial<RendererOptions> = {}): Promise<void> {
    const entry = join(folder, 'own', 'renderer.mjs');
    await writeFile(
      entry,
      `const state = {};
       const send = (message) => process.send(message);
       const draw = (job, html) => send({ kind: 'drawn', job, html });
       process.on('message', async (message) => { ${onStart} });
       process.on('disconnect', () => process.exit(0));
       send({ kind: 'ready' });`,
    );
    renderer = createRendererProcess({ entry, log, limitMs: 2_000, ...options });
  }
  const job = (more: Partial<RenderJob> = {}): RenderJob => ({
    definition: '{}',
    address: '/apps/desk',
    hints: { locale: 'en', timeZone: 'UTC', isNarrow: false },
    read: () => Promise.resolve([]),
    ...more,
  });
  async function untilRendered(given: RenderJob = job()): Promise<string> {
    for (const end = Date.now() + 10_000; Date.now() < end;) {
      const html = await renderer.render(given);
      if (html !== undefined) return html;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('Nothing was rendered.');
  }

  it('is started by the first page, which does not wait for it', async () => {
    await start(`draw(message.job, 'page of ' + message.address);`);
    expect(await renderer.render(job())).toBeUndefined();
    expect(await untilRendered()).toBe('page of /apps/desk');
  });

  it('gets the answers it asks for, and renders with what there is in the end', async () => {
    await start(`
      if (message.kind === 'start') { state[message.job] = []; }
      else state[message.job].push(...message.answers.map(({ reply }) => reply));
      if (message.isLast) draw(message.job, state[message.job].join());
      else send({ kind: 'asks', job: message.job, questions: [{ kind: 'query', query: 'q', parameters: {} }] });`);
    let reads = 0;
    const read: RenderJob['read'] = async (questions) => {
      reads += 1;
      return questions.map((question) => ({ question, reply: String(reads) }));
    };
    await untilRendered();
    expect(await renderer.render(job({ read }))).toBe('1,2,3');
    expect(await renderer.render(job({ read: () => Promise.reject(new Error('no')) }))).toBe('');
  });

  it('keeps pages apart that are rendered at the same time', async () => {
    await start(`setTimeout(() => draw(message.job, message.address), Math.random() * 20);`);
    await untilRendered();
    const addresses = Array.from({ length: 8 }, (_, index) => `/apps/a${index}`);
    expect(await Promise.all(addresses.map((address) => renderer.render(job({ address }))))).toEqual(addresses);
  });

  it('leaves a page to its browser when it takes too long, and when there are too many', async () => {
    await start(`if (message.address === '/slow') return; draw(message.job, 'quick');`, { limitMs: 150 });
    await untilRendered();
    const startedAt = Date.now();
    const slow = Array.from({ length: 8 }, () => renderer.render(job({ address: '/slow' })));
    expect(await renderer.render(job())).toBeUndefined();
    expect(await Promise.all(slow)).toEqual(slow.map(() => undefined));
    expect(Date.now() - startedAt).toBeLessThan(1_500);
    expect(await renderer.render(job())).toBe('quick');
  });

  it('crashes without harm and is there again', async () => {
    await start(`if (message.address === '/crash') process.exit(3); draw(message.job, 'fine');`);
    await untilRendered();
    expect(await renderer.render(job({ address: '/crash' }))).toBeUndefined();
    expect(await untilRendered()).toBe('fine');
  });

  it('is left alone for a while when it crashes again and again', async () => {
    let ends = 0;
    const counting = createLog('warn', { write: (line: string) => void (ends += line.includes('has ended') ? 1 : 0) });
    await start(`process.exit(3);`, { log: counting });
    for (const end = Date.now() + 10_000; ends < 3 && Date.now() < end;) {
      await renderer.render(job());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(ends).toBe(3);
    for (let round = 0; round < 20; round += 1) {
      expect(await renderer.render(job())).toBeUndefined();
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(ends).toBe(3);
  });

  it('ends when nobody opens pages', async () => {
    await start(`draw(message.job, String(process.pid));`, { idleMs: 200 });
    const pid = Number(await untilRendered());
    expect(isRunning(pid)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(isRunning(pid)).toBe(false);
    expect(Number(await untilRendered())).not.toBe(pid);
  });

  it('reaches neither files of others, nor the network, nor other programs, nor the environment', async () => {
    process.env['FETTLE_TEST_LEAK'] = 'leaked';
    await writeFile(join(folder, 'secret.txt'), 'secret');
    await start(`
      const tries = [];
      const attempt = async (name, run) => tries.push(name + ':' + await run().then(() => 'done', (error) => error.code ?? error.cause?.code ?? error.name));
      const [fs, cp, net] = await Promise.all(['node:fs/promises', 'node:child_process', 'node:net'].map((name) => import(name)));
      await attempt('read', () => fs.readFile(${JSON.stringify(join(folder, 'secret.txt'))}));
      await attempt('write', () => fs.writeFile(${JSON.stringify(join(folder, 'own', 'new.txt'))}, 'x'));
      await attempt('spawn', async () => cp.spawnSync('true'));
      await attempt('connect', () => new Promise((resolve, reject) => net.connect(5432, '127.0.0.1', resolve).once('error', reject)));
      draw(message.job, tries.join(' ') + ' env:' + Object.keys(process.env).filter((name) => name !== 'NODE_CHANNEL_FD' && !name.startsWith('NODE_CHANNEL')).join());`);
    const seen = await untilRendered();
    delete process.env['FETTLE_TEST_LEAK'];
    expect(seen).toBe(
      'read:ERR_ACCESS_DENIED write:ERR_ACCESS_DENIED spawn:ERR_ACCESS_DENIED connect:ERR_ACCESS_DENIED env:NODE_ENV',
    );
    expect(await readdir(join(folder, 'own'))).toEqual(['renderer.mjs']);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
