import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '@fettle/base';
import { integrityOf } from '@fettle/sdk/plugin';
import { createLog } from '../../../log.ts';
import { createManualClock } from '../../../testing/manual-clock.ts';
import { packTestPlugin, type TestPlugin } from '../../../testing/test-plugins.ts';
import { createPluginProcesses, type PluginProcesses } from './plugin-processes.ts';
import type { Broker, ProcessLimits } from './plugin-process.ts';
import { createUnpackedPlugins } from './unpacked-plugins.ts';

let folder: string;
const clock = createManualClock();
const open: PluginProcesses[] = [];
const limits = { hangMs: 600, graceMs: 300, startMs: 5_000, memoryBytes: 48 * 1024 * 1024 };

/** The processes of one plugin, and a way to call its actions. */
function run(
  plugin: TestPlugin,
  more: Partial<ProcessLimits> = {},
  options: { idleMs?: number; mostProcesses?: number } = {},
) {
  const archive = packTestPlugin(plugin);
  const processes = createPluginProcesses({
    unpacked: createUnpackedPlugins({ folder, readArchive: () => Promise.resolve(archive) }),
    clock,
    log: createLog('fatal'),
    limits: { ...limits, ...more },
    ...options,
  });
  open.push(processes);
  const code = (workspaceId: string) => ({
    workspaceId,
    pluginId: 'sample',
    title: 'Sample',
    integrity: integrityOf(archive),
    module: 'server.js',
  });
  const call = async (
    action: string,
    given: {
      readonly settings?: Json;
      readonly broker?: Broker;
      readonly signal?: AbortSignal;
      readonly timeoutMs?: number;
      readonly workspaceId?: string;
    } = {},
  ): Promise<Json> => {
    const process = await processes.enter(code(given.workspaceId ?? 'ws'));
    return process.call({
      method: 'flow-action',
      input: { type: `sample/${action}`, settings: given.settings ?? {}, secrets: {}, now: 0 },
      broker: given.broker ?? (() => Promise.resolve(null)),
      signal: given.signal ?? new AbortController().signal,
      timeoutMs: given.timeoutMs ?? 5_000,
    });
  };
  return { processes, call };
}
const attempts = (...bodies: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(bodies.map((body, index) => [`attempt-${index}`, body]));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-plugins-'));
});
afterEach(() => {
  for (const processes of open.splice(0)) processes.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('processes of plugins', () => {
  it('answer calls, and are there only once', async () => {
    const { call, processes } = run({
      code: 'let count = 0;',
      actions: { count: 'count += 1; return { count, value: context.settings.value };' },
    });
    expect(processes.healthOf('ws', 'sample')).toEqual({ state: 'idle' });
    expect(await call('count', { settings: { value: ['ä', null] } })).toEqual({ count: 1, value: ['ä', null] });
    expect(await Promise.all([call('count'), call('count')])).toMatchObject([{ count: 2 }, { count: 3 }]);
    expect(processes.healthOf('ws', 'sample')).toEqual({ state: 'running' });
    // Another workspace shares nothing with it.
    expect(await call('count', { workspaceId: 'other' })).toMatchObject({ count: 1 });
  });

  it('ask for what they need, and get no more than what is answered', async () => {
    const asked: unknown[] = [];
    const { call } = run({
      actions: {
        fetch: `const { status, body } = await context.fetch('https://api.test/x', { method: 'GET', headers: {}, maxBytes: 10 });
          context.log('info', 'got it');
          return { status, text: new TextDecoder().decode(body) };`,
        refused: `try { await context.fetch('https://other.test'); } catch (error) { return { code: error.code, name: error.name }; }`,
      },
    });
    const broker: Broker = (capability, input) => {
      asked.push([capability, input]);
      return Promise.resolve({ status: 200, headers: {}, body: Buffer.from('hi').toString('base64') });
    };
    expect(await call('fetch', { broker })).toEqual({ status: 200, text: 'hi' });
    expect(asked).toMatchObject([
      ['fetch', { url: 'https://api.test/x' }],
      ['log', { message: 'got it' }],
    ]);
    expect(await call('refused', { broker: () => Promise.reject(new TypeError('x')) })).toEqual({
      code: 'plugin.refused',
      name: 'AppError',
    });
  });

  it('say what went wrong in their code, and go on', async () => {
    const { call, processes } = run({
      actions: {
        throws: `throw new TypeError('no such thing');`,
        known: `throw Object.assign(new Error('Not here.'), { name: 'AppError', kind: 'not-found', code: 'ops.unknown' });`,
        liar: `throw Object.assign(new Error('x'), { name: 'AppError', kind: 'not-authenticated', code: 'session.expired' });`,
        odd: `throw null;`,
        fine: 'return 1;',
      },
    });
    await expect(call('throws')).rejects.toMatchObject({
      kind: 'upstream',
      code: 'plugin.failed',
      message: 'Sample failed: no such thing',
    });
    await expect(call('known')).rejects.toMatchObject({ kind: 'not-found', code: 'ops.unknown', message: 'Not here.' });
    await expect(call('liar')).rejects.toMatchObject({ kind: 'upstream' });
    await expect(call('odd')).rejects.toMatchObject({ code: 'plugin.failed' });
    await expect(call('missing')).rejects.toThrow(/no code/);
    expect(await call('fine')).toBe(1);
    expect(processes.healthOf('ws', 'sample')).toEqual({ state: 'running' });
  });

  it('are ended when they hang, and rest before they are started again', async () => {
    const { call, processes } = run({ actions: { loop: 'for (;;);', fine: 'return 1;' } });
    await expect(call('loop', { timeoutMs: 60_000 })).rejects.toMatchObject({
      code: 'plugin.stopped',
      message: expect.stringContaining('hangs') as string,
    });
    expect(processes.healthOf('ws', 'sample')).toMatchObject({ state: 'paused' });
    await expect(call('fine')).rejects.toMatchObject({ code: 'plugin.paused' });
    clock.advance(1_100);
    expect(await call('fine')).toBe(1);
    await expect(call('loop')).rejects.toMatchObject({ code: 'plugin.stopped' });
    clock.advance(1_100);
    await expect(call('loop')).rejects.toMatchObject({ code: 'plugin.stopped' });
    // The second time in a row it rests for longer.
    clock.advance(1_100);
    await expect(call('fine')).rejects.toMatchObject({ code: 'plugin.paused' });
    clock.advance(1_100);
    expect(await call('fine')).toBe(1);
  });

  it('end calls at their time, and those that do not stop with their process', async () => {
    const { call, processes } = run({
      actions: {
        slow: 'await new Promise((resolve) => setTimeout(resolve, 60_000));',
        good: `await new Promise((_, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason)));`,
        fine: 'return 1;',
      },
    });
    await call('fine');
    await expect(call('good', { timeoutMs: 200 })).rejects.toMatchObject({ code: 'plugin.timeout' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(processes.healthOf('ws', 'sample')).toMatchObject({ state: 'running' });
    const controller = new AbortController();
    const reason = new TypeError('cancelled');
    setTimeout(() => controller.abort(reason), 100);
    await expect(call('slow', { signal: controller.signal })).rejects.toBe(reason);
    await expect.poll(() => processes.healthOf('ws', 'sample').state, { timeout: 3_000 }).toBe('paused');
  });

  it('are ended when they take too much memory, in the heap or beside it', async () => {
    const { call } = run(
      {
        actions: {
          heap: 'const a = []; for (;;) { a.push(new Array(10_000).fill(a.length)); await null; }',
          buffers:
            'const a = []; for (;;) { a.push(new Uint8Array(10_000_000).fill(1)); await new Promise(setImmediate); }',
          deep: `let text = 'x'; for (;;) text += text;`,
        },
      },
      { hangMs: 20_000 },
    );
    await expect(call('heap', { timeoutMs: 20_000 })).rejects.toMatchObject({ code: 'plugin.memory' });
    clock.advance(60_000);
    await expect(call('buffers', { timeoutMs: 20_000 })).rejects.toMatchObject({
      code: expect.stringMatching(/^plugin\.(memory|failed)$/) as string,
    });
    clock.advance(120_000);
    await expect(call('deep')).rejects.toMatchObject({
      code: expect.stringMatching(/^plugin\.(memory|failed)$/) as string,
    });
  }, 60_000);

  it.each([
    ['throw new Error("at load");', /cannot be loaded: at load/],
    ['for (;;);', /does not start/],
    ['await new Promise(() => {});', /does not start|ended by itself/],
    ['const a = ;', /cannot be loaded/],
    [`import 'node:fs';`, /cannot import "node:fs"/],
    [`setTimeout(() => { throw new Error('later'); }, 50);`, undefined],
  ])('that are broken from the start (%s) say so', async (code, message) => {
    const { call } = run(
      { code, actions: { fine: 'await new Promise((r) => setTimeout(r, 2_000)); return 1;' } },
      { startMs: 1_500 },
    );
    const error: unknown = await call('fine').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'plugin.stopped' });
    if (message === undefined)
      expect((error as Error).message).toMatch(/crashed: .*later|ended by itself|does not start/);
    else expect((error as Error).message).toMatch(message);
  });

  it('reach nothing: no files, network, environment, processes, threads or modules of Node that could', async () => {
    const secret = join(folder, '..', `fettle-secret-${process.pid}`);
    await writeFile(secret, 'top secret');
    const server = createServer((_request, response) => response.end('reached'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const bodies = [
      `const fs = await import('node:fs'); return fs.readFileSync('${secret}', 'utf8');`,
      `const fs = await import('fs/promises'); return fs.readFile('/etc/passwd', 'utf8');`,
      `return (await import('file://${secret}'));`,
      `return (await import('../../x.js'));`,
      `return (await import('data:text/javascript,export default 1')).default;`,
      `const { createRequire } = await import('node:module'); return createRequire('/')('fs').readFileSync('/etc/passwd', 'utf8');`,
      `return process.getBuiltinModule('fs').readFileSync('/etc/passwd', 'utf8');`,
      `return process.binding('fs');`,
      `return (await import('node:process')).default.env;`,
      `return (await import('node:child_process')).execSync('id').toString();`,
      `const { Worker } = await import('node:worker_threads'); new Worker('1', { eval: true });`,
      `return await (await fetch('http://127.0.0.1:${port}')).text();`,
      `const net = await import('node:net'); return net.connect(${port});`,
      `const dns = await import('node:dns/promises'); return dns.lookup('localhost');`,
      `return (await import('node:os')).hostname();`,
      `process.kill(${process.pid}, 'SIGTERM'); return 'killed';`,
      `process.exit(0);`,
      `return eval('1');`,
      `return Function('return process')().pid;`,
      `return require('fs');`,
      `return (await import('node:v8')).getHeapSnapshot();`,
      `return (await import('node:inspector')).url();`,
      `return (await import('node:vm')).runInThisContext('process.pid');`,
      `return (await import('#internal'));`,
      `return (await import('acorn'));`,
      `return new WebSocket('ws://127.0.0.1:${port}');`,
    ];
    const { call } = run({ actions: attempts(...bodies) });
    try {
      for (const [index, body] of bodies.entries()) {
        clock.advance(120_000);
        const outcome = await call(`attempt-${index}`).catch((error: unknown) => error);
        expect(outcome, `${body} gave ${JSON.stringify(outcome)}`).toBeInstanceOf(Error);
      }
      const { call: look } = run({
        actions: {
          look: `return { env: Object.keys(process.env), argv: process.argv, cwd: process.cwd(), keys: Object.keys(process).sort() };`,
        },
      });
      expect(await look('look')).toMatchObject({ env: [], argv: [], cwd: '/' });
    } finally {
      server.close();
      await rm(secret);
    }
  }, 60_000);

  it('cannot speak for others: what is no message of theirs ends them', async () => {
    const { call } = run(
      {
        actions: {
          // The only way out is the one messages go: what is written past it is no message.
          print: `console.log('{"kind":"done","id":1,"value":"forged"}'); return 'real';`,
          huge: `return 'x'.repeat(3_000_000);`,
        },
      },
      { lineBytes: 1_000_000 },
    );
    expect(await call('print')).toBe('real');
    await expect(call('huge')).rejects.toMatchObject({ message: expect.stringContaining('more at once') as string });
  });

  it('end when they are not used, make room for others, and run only what was installed', async () => {
    const short = run({}, {}, { idleMs: 200 });
    await short.call('hello');
    clock.advance(1_000);
    await expect.poll(() => short.processes.healthOf('ws', 'sample').state, { timeout: 3_000 }).toBe('idle');
    expect(await short.call('hello')).toEqual({ text: 'Hello' });
    const few = run({}, {}, { mostProcesses: 1 });
    await few.call('hello', { workspaceId: 'one' });
    clock.advance(10);
    await few.call('hello', { workspaceId: 'two' });
    expect(few.processes.healthOf('one', 'sample').state).toBe('idle');
    const archive = packTestPlugin();
    const unpacked = createUnpackedPlugins({ folder, readArchive: () => Promise.resolve(archive) });
    const place = { workspaceId: 'ws', integrity: integrityOf(archive) };
    const at = await unpacked.folderOf(place);
    await rm(join(at, 'server.js'), { force: true });
    await writeFile(join(at, 'server.js'), 'changed on the disk');
    await writeFile(join(at, 'more.js'), 'added on the disk');
    expect(await unpacked.folderOf(place)).toBe(at);
    expect(await run({}).call('hello')).toEqual({ text: 'Hello' });
    const other = { ...place, integrity: integrityOf(Buffer.from('other')) };
    await expect(unpacked.folderOf(other)).rejects.toMatchObject({ code: 'plugin.integrity' });
  });
});
