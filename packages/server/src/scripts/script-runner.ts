import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError, inputError, timeoutError, upstreamError, type Json } from '@fettle/base';
import type { FlowPlatform } from '@fettle/sdk/server';
import { nodeOverheadBytes, startSandboxed, watchMemory } from '../sandbox/start-sandboxed.ts';

/** Runs scripts of flows, each in a process of its own. */
export interface ScriptRunner {
  readonly run: FlowPlatform['runScript'];
  /** Ends what is still running. */
  close(): void;
}

/** How many scripts run at once, and how much one may answer. */
export interface ScriptLimits {
  readonly atOnce: number;
  readonly answerBytes: number;
}

// A built server has the child as a file beside its own.
const childFile = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './script-child.ts' : './script-child.js', import.meta.url),
);
const startMs = 5_000;

/**
 * Makes the runner. A script gets text and gives text: no network, no files, no environment, no other process, and it
 * is killed at its limits. It is told apart from a broken server by its own error codes (`script.…`).
 */
export function createScriptRunner(limits: ScriptLimits = { atOnce: 4, answerBytes: 10_000_000 }): ScriptRunner {
  const running = new Set<ChildProcess>();
  const waiting: (() => void)[] = [];
  let taken = 0;

  const enter = async (signal: AbortSignal): Promise<void> => {
    while (taken >= limits.atOnce) {
      // oxlint-disable-next-line no-await-in-loop
      await new Promise<void>((resolve) => waiting.push(resolve));
      signal.throwIfAborted();
    }
    taken += 1;
  };
  const leave = (): void => {
    taken -= 1;
    waiting.shift()?.();
  };

  return {
    async run(code, input, { timeoutMs, memoryBytes, signal }) {
      signal.throwIfAborted();
      await enter(signal);
      try {
        const child = startSandboxed({ file: childFile, heapBytes: memoryBytes });
        running.add(child);
        child.once('exit', () => running.delete(child));
        const task = JSON.stringify({ code, input: JSON.stringify(input), timeoutMs });
        return readAnswer(await talk(child, task, { timeoutMs, memoryBytes, signal, ...limits }), timeoutMs);
      } finally {
        leave();
      }
    },
    close: () => {
      for (const child of running) child.kill('SIGKILL');
    },
  };
}

interface TalkLimits extends ScriptLimits {
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly signal: AbortSignal;
}

/** Gives the child its task and waits for what it says, or kills it. */
async function talk(child: ChildProcess, task: string, limits: TalkLimits): Promise<string> {
  let stop: (error: unknown) => void = () => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = reject;
  });
  const onAbort = (): void => stop(limits.signal.reason);
  limits.signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => stop(tooSlow(limits.timeoutMs)), limits.timeoutMs + startMs);
  const unwatch = watchMemory(child, limits.memoryBytes + nodeOverheadBytes, () => stop(tooMuchMemory()));
  try {
    return await Promise.race([stopped, collect(child, task, limits.answerBytes)]);
  } finally {
    clearTimeout(timer);
    unwatch();
    limits.signal.removeEventListener('abort', onAbort);
    child.kill('SIGKILL');
  }
}

function collect(child: ChildProcess, task: string, answerBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    child.once('error', (cause) =>
      reject(
        upstreamError({
          code: 'script.not-started',
          message: 'The sandbox does not start.',
          hint: 'Look at the server.',
          cause,
        }),
      ),
    );
    child.stdout?.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > answerBytes) reject(tooLarge(answerBytes));
      else chunks.push(chunk);
    });
    child.once('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
    // A child that died at once no longer listens: its end says so.
    child.stdin?.on('error', () => undefined).end(task);
  });
}

function readAnswer(text: string, timeoutMs: number): { readonly value: Json; readonly logs: readonly string[] } {
  // Nothing at all was said: the process died, which is what too much memory does to it.
  const state = text.slice(0, Math.max(0, text.indexOf(' ')));
  const rest = text.slice(text.indexOf(' ') + 1);
  switch (state) {
    case 'done':
      return JSON.parse(rest) as { value: Json; logs: string[] };
    case 'failed': {
      const { message, line, logs } = JSON.parse(rest) as { message: string; line: number | null; logs: string[] };
      throw inputError({
        code: 'script.failed',
        message: line === null ? message : `${message} (line ${line})`,
        hint: 'Correct the script.',
        details: { ...(line === null ? {} : { line }), logs },
      });
    }
    case 'pending':
      throw inputError({
        code: 'script.waits-forever',
        message: 'The script waits for something that never happens.',
        hint: 'There are no timers and no network in scripts. Use a wait step or an HTTP step.',
      });
    case 'timeout':
      throw tooSlow(timeoutMs);
    case '':
      throw tooMuchMemory();
    default:
      throw inputError({
        code: 'script.lost',
        message: 'The script ended without an answer.',
        hint: 'Let it return a value.',
      });
  }
}

function tooSlow(timeoutMs: number): AppError {
  return timeoutError({
    code: 'script.timeout',
    message: `The script took longer than ${timeoutMs} milliseconds.`,
    hint: 'Let it do less at once, or give it more time.',
  });
}

function tooMuchMemory(): AppError {
  return new AppError('too-large', {
    code: 'script.memory',
    message: 'The script needed more memory than it may use.',
    hint: 'Let it work on less at once, or give it more memory.',
  });
}

function tooLarge(bytes: number): AppError {
  return new AppError('too-large', {
    code: 'script.answer-too-large',
    message: `The script returned more than ${bytes} bytes.`,
    hint: 'Return less.',
  });
}
