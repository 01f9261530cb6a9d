import { afterAll, describe, expect, it } from 'vitest';
import { createScriptRunner } from './script-runner.ts';

const runner = createScriptRunner();
const limits = { timeoutMs: 2_000, memoryBytes: 32 * 1024 * 1024, signal: new AbortController().signal };
const run = (
  code: string,
  input: Record<string, unknown> = {},
  more: Partial<typeof limits> & { readonly scope?: string } = {},
) => runner.run(code, input, { ...limits, ...more });

afterAll(() => runner.close());

describe('scripts of flows', () => {
  it('give back what they return and what they write', async () => {
    const code = `console.log('rows', input.rows.length);
      const doubled = await Promise.all(input.rows.map(async (n) => n * 2));
      return { doubled, at: new Date(0).toISOString() };`;
    expect(await run(code, { rows: [1, 2] })).toEqual({
      value: { doubled: [2, 4], at: '1970-01-01T00:00:00.000Z' },
      logs: ['rows 2'],
    });
    expect(await run('')).toEqual({ value: null, logs: [] });
  });

  it('name the line of a mistake', async () => {
    await expect(run('const a = 1;\nthrow new RangeError("no " + a);')).rejects.toMatchObject({
      code: 'script.failed',
      message: 'RangeError: no 1 (line 2)',
    });
    await expect(run('const a = 1;\nconst b = ;')).rejects.toMatchObject({
      code: 'script.failed',
      details: { line: 2 },
    });
  });

  it('end at their limits, and never block this process', async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 10);
    await expect(run('for (;;);', {}, { timeoutMs: 300 })).rejects.toMatchObject({ code: 'script.timeout' });
    await expect(run('await null; for (;;);', {}, { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'script.timeout',
    });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(20);
    // Time enough for the memory to be what ends them, whatever else the machine does.
    const long = { timeoutMs: 15_000 };
    await expect(run('const a = []; for (;;) a.push(new Array(1000).fill(a.length));', {}, long)).rejects.toMatchObject(
      {
        code: 'script.memory',
      },
    );
    await expect(
      run('const a = []; for (;;) { const b = new Uint8Array(10_000_000); b.fill(1); a.push(b); }', {}, long),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^script\.(memory|failed)$/) as unknown });
    await expect(run('return "x".repeat(11_000_000)')).rejects.toMatchObject({ code: 'script.answer-too-large' });
    await expect(run('await new Promise(() => {})')).rejects.toMatchObject({ code: 'script.waits-forever' });
  }, 60_000);

  it('of one scope follow each other in a process, and find nothing of each other there', async () => {
    const scope = { scope: 'run_1' };
    const leave = `globalThis.left = 1; Array.prototype.left = 2; Object.prototype.left = 3; return input.n;`;
    const look = `return [typeof left, typeof [].left, typeof {}.left, typeof __start];`;
    await run(leave, { n: 1 }, scope);
    const from = performance.now();
    for (let n = 0; n < 50; n += 1) {
      expect((await run(leave, { n }, scope)).value).toBe(n);
      expect((await run(look, {}, scope)).value).toEqual(Array(4).fill('undefined'));
    }
    const together = performance.now() - from;
    const alone = performance.now();
    await run(look);
    expect(together / 100).toBeLessThan((performance.now() - alone) / 2);
    await expect(run('throw new Error("no")', {}, scope)).rejects.toMatchObject({ code: 'script.failed' });
    await expect(run('for (;;);', {}, { ...scope, timeoutMs: 300 })).rejects.toMatchObject({ code: 'script.timeout' });
    expect((await run('return 1', {}, scope)).value).toBe(1);
  });

  it('of other scopes have processes of their own, and no more are kept than may run at once', async () => {
    const few = createScriptRunner({ atOnce: 2, idleMs: 60_000 });
    const at = (scope: string, memory = 32) =>
      few.run('return 1', {}, { ...limits, memoryBytes: memory * 1024 * 1024, scope });
    const before = few.processes();
    await Promise.all([at('a'), at('b'), at('c'), at('d'), at('a', 64)]);
    expect([before, few.processes()]).toEqual([0, 2]);
    few.close();
    expect(few.processes()).toBe(0);
  });

  it('stop when the run is cancelled', async () => {
    const controller = new AbortController();
    const reason = new TypeError('cancelled');
    setTimeout(() => controller.abort(reason), 200);
    await expect(run('for (;;);', {}, { timeoutMs: 60_000, signal: controller.signal })).rejects.toBe(reason);
  });

  it('find nothing of the server: no process, modules, network, timers or ways to compile code', async () => {
    const code = `return [typeof process, typeof require, typeof fetch, typeof setTimeout, typeof globalThis.__start]`;
    expect((await run(code)).value).toEqual(Array(5).fill('undefined'));
    // An import in a script never comes back: nothing answers it.
    const refused = expect.stringMatching(/^script\.(failed|waits-forever)$/) as unknown;
    for (const attempt of [
      `return eval('1')`,
      `return Function('return 1')()`,
      `return (async () => {}).constructor('return 1')()`,
      `return console.log.constructor('return process')()`,
      `return this.constructor.constructor('return process')()`,
      `return globalThis.constructor.constructor('return process')()`,
      `const fs = await import('node:fs'); return fs.readFileSync('/etc/passwd', 'utf8')`,
      `try { await import('node:fs') } catch (e) { return e.constructor.constructor('return process')().pid }`,
      `try { (function f() { f() })() } catch (e) { return e.constructor.constructor('return process')().pid }`,
      `return new WebAssembly.Module(new Uint8Array([0,97,115,109,1,0,0,0]))`,
    ]) {
      await expect(run(attempt), attempt).rejects.toMatchObject({ code: refused });
    }
  });

  it('cannot leave the frame of their function', async () => {
    await expect(run('}); globalThis.x = 1; (async () => {')).rejects.toMatchObject({ code: 'script.failed' });
    const cheat = `}, '{}'); globalThis.JSON = null; (async (input) => {`;
    await expect(run(cheat)).resolves.toEqual({ value: null, logs: [] });
  });
});
