import { fileURLToPath } from 'node:url';
import { AppError, inputError, timeoutError, type Json } from '@fettle/base';
import type { FlowPlatform } from '@fettle/sdk/server';
import { nodeOverheadBytes } from '../sandbox/start-sandboxed.ts';
import { ScriptProcess, ScriptStopped } from './script-process.ts';

type RunScript = FlowPlatform['runScript'];

/** Runs scripts of flows in processes without rights. */
export interface ScriptRunner {
  /** With a `scope`, such as a run, scripts of it may follow each other in one process; others never share one. */
  run(
    code: Parameters<RunScript>[0],
    input: Parameters<RunScript>[1],
    limits: Parameters<RunScript>[2] & { readonly scope?: string },
  ): ReturnType<RunScript>;
  /** How many processes there are. */
  processes(): number;
  /** Ends what is still running. */
  close(): void;
}

/** How many scripts run at once, how much one may answer, and how long a process waits for the next script of its scope. */
export interface ScriptLimits {
  readonly atOnce: number;
  readonly answerBytes: number;
  readonly idleMs: number;
}

// A built server has the child as a file beside its own.
const childFile = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './script-child.ts' : './script-child.js', import.meta.url),
);
/** How long a process may take beside its script: to start, where the machine has much to do, and then. */
const graceMs = { starting: 30_000, started: 5_000 };

/**
 * Makes the runner. A script gets text and gives text: no network, no files, no environment, no other process, and it
 * is killed at its limits. It is told apart from a broken server by its own error codes (`script.…`).
 */
export function createScriptRunner({
  atOnce = 4,
  answerBytes = 10_000_000,
  idleMs = 2_000,
}: Partial<ScriptLimits> = {}): ScriptRunner {
  const all = new Set<ScriptProcess>();
  /** Processes that wait for the next script of their scope, the longest waiting first. */
  const idle = new Map<ScriptProcess, { readonly key: string; readonly timer: NodeJS.Timeout }>();
  const waiting: (() => void)[] = [];
  let taken = 0;

  const enter = async (signal: AbortSignal): Promise<void> => {
    while (taken >= atOnce) {
      // oxlint-disable-next-line no-await-in-loop
      await new Promise<void>((resolve) => waiting.push(resolve));
      if (signal.aborted) leaveTo(waiting);
      signal.throwIfAborted();
    }
    taken += 1;
  };
  const leave = (): void => {
    taken -= 1;
    leaveTo(waiting);
  };
  const end = (one: ScriptProcess): void => {
    clearTimeout(idle.get(one)?.timer);
    idle.delete(one);
    all.delete(one);
    one.kill();
  };
  const obtain = (key: string | undefined, memoryBytes: number): ScriptProcess => {
    const [kept] = [...idle].find(([, of]) => of.key === key) ?? [];
    if (kept !== undefined) {
      clearTimeout(idle.get(kept)?.timer);
      idle.delete(kept);
      return kept;
    }
    // As many are there as may run at once: whoever waits for the longest makes room.
    const [oldest] = idle.keys();
    if (oldest !== undefined && all.size >= atOnce) end(oldest);
    const made = new ScriptProcess(childFile, memoryBytes, () => end(made));
    all.add(made);
    return made;
  };
  const keep = async (one: ScriptProcess, key: string): Promise<void> => {
    // What a script left behind would count against the next one.
    if (one.isOver || (await one.residentBytes()) > nodeOverheadBytes) return end(one);
    const timer = setTimeout(() => end(one), idleMs).unref();
    idle.set(one, { key, timer });
  };

  return {
    async run(code, input, { timeoutMs, memoryBytes, signal, scope }) {
      signal.throwIfAborted();
      await enter(signal);
      const key = scope === undefined ? undefined : `${scope} ${memoryBytes}`;
      const script = obtain(key, memoryBytes);
      let isWell = false;
      try {
        const task = JSON.stringify({ code, input: JSON.stringify(input), timeoutMs });
        const given = await script
          .run(task, {
            stopAfterMs: timeoutMs + graceMs[script.hasStarted ? 'started' : 'starting'],
            memoryBytes,
            answerBytes,
            signal,
          })
          .catch((error: unknown) => {
            throw error instanceof ScriptStopped ? errorOf(error, { timeoutMs, answerBytes }) : error;
          });
        isWell = /^(done|failed) /.test(given);
        return readAnswer(given, timeoutMs);
      } finally {
        if (isWell && key !== undefined) await keep(script, key);
        else end(script);
        leave();
      }
    },
    processes: () => all.size,
    close: () => {
      for (const one of all) end(one);
    },
  };
}

function leaveTo(waiting: (() => void)[]): void {
  waiting.shift()?.();
}

function errorOf(
  { reason }: ScriptStopped,
  { timeoutMs, answerBytes }: { readonly timeoutMs: number; readonly answerBytes: number },
): AppError {
  if (reason === 'time') return tooSlow(timeoutMs);
  return reason === 'memory' ? tooMuchMemory() : tooLarge(answerBytes);
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
