/**
 * The process that scripts run in, one after the other, each in a realm of its own that is left when it ends. It is started
 * with Node's permission model and an empty environment, reads a task per line from its input, writes an answer per line
 * and ends with its input. It must import nothing but what Node has.
 *
 * Nothing of this realm is handed to the script: text goes in and text comes out, parsed on the other side. What finds
 * its way here all the same can compile no code (`--disallow-code-generation-from-strings`) and has no permission.
 */
import { createContext, Script } from 'node:vm';

interface Task {
  readonly code: string;
  readonly input: string;
  readonly timeoutMs: number;
}

// Runs inside the context, where `code` becomes the body of an async function. Settles before the microtasks end.
const bootstrap = `(() => {
  'use strict';
  const lines = [];
  const { stringify, parse } = JSON;
  const slice = Function.prototype.call.bind(String.prototype.slice);
  const text = (value) => {
    if (typeof value === 'string') return value;
    try { return stringify(value) ?? String(value); } catch { return String(value); }
  };
  const write = (...values) => {
    if (lines.length < 200) lines.push(slice(values.map(text).join(' '), 0, 4000));
  };
  const console = { log: write, info: write, debug: write, warn: write, error: write };
  Object.defineProperty(globalThis, 'console', { value: Object.freeze(console) });
  let state = 'pending';
  let answer = '';
  const fail = (error) => {
    state = 'failed';
    const stack = typeof error?.stack === 'string' ? error.stack : '';
    const line = /script:(\\d+)/.exec(stack)?.[1];
    let message = 'The script threw something that is no error.';
    try { message = error instanceof Error ? error.name + ': ' + error.message : 'Thrown: ' + text(error); } catch {}
    answer = stringify({ message: slice(message, 0, 2000), line: line === undefined ? null : Number(line), logs: lines });
  };
  globalThis.__start = (run, input) => {
    Promise.resolve().then(() => run(parse(input))).then((value) => {
      const json = stringify(value === undefined ? null : value);
      if (json === undefined) throw new TypeError('The script returned something that is no value, such as a function.');
      state = 'done';
      answer = '{"value":' + json + ',"logs":' + stringify(lines) + '}';
    }).catch(fail);
  };
  return () => state + ' ' + answer;
})()`;

function runTask({ code, input, timeoutMs }: Task): string {
  const context = createContext(Object.create(null) as object, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
  const limits = { timeout: timeoutMs };
  const read = new Script(bootstrap).runInContext(context, limits) as () => unknown;
  let script: Script;
  try {
    script = new Script(
      `{ const start = __start; delete globalThis.__start; start(async (input) => {\n${code}\n}, ${JSON.stringify(input)}); }`,
      { filename: 'script', lineOffset: -1 },
    );
  } catch (error) {
    const line = /^script:(\d+)/.exec((error as Error).stack ?? '')?.[1];
    const message = `${(error as Error).name}: ${(error as Error).message}`;
    return `failed ${JSON.stringify({ message, line: line === undefined ? null : Number(line), logs: [] })}`;
  }
  try {
    script.runInContext(context, limits);
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? 'timeout ' : `lost ${String(error)}`;
  }
  const answer = read();
  return typeof answer === 'string' ? answer : 'lost ';
}

// What a script leaves behind, such as an import that nobody answers, must not end the process before its answer is out.
process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => undefined);

let received = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (chunk: string) => {
  received += chunk;
  for (let end = received.indexOf('\n'); end !== -1; end = received.indexOf('\n')) {
    const task = JSON.parse(received.slice(0, end)) as Task;
    received = received.slice(end + 1);
    process.stdout.write(`${runTask(task).replaceAll('\n', ' ')}\n`);
  }
});
process.stdin.on('end', () => process.exit(0));
