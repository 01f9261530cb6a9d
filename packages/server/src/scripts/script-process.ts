import type { ChildProcess } from 'node:child_process';
import { upstreamError } from '@fettle/base';
import { nodeOverheadBytes, residentBytes, startSandboxed, watchMemory } from '../sandbox/start-sandboxed.ts';

/** Why a script was stopped from here. */
export class ScriptStopped extends Error {
  readonly reason: 'time' | 'memory' | 'answer';

  constructor(reason: ScriptStopped['reason']) {
    super(reason);
    this.reason = reason;
  }
}

/** What one script may take. */
export interface ScriptBounds {
  readonly stopAfterMs: number;
  readonly memoryBytes: number;
  readonly answerBytes: number;
  readonly signal: AbortSignal;
}

interface Talk {
  readonly chunks: Buffer[];
  size: number;
  readonly mostBytes: number;
  readonly settle: (answer: string) => void;
  readonly stop: (error: unknown) => void;
}

/** A process without rights in which scripts run, one at a time. Whoever stops a script in it ends it with the script. */
export class ScriptProcess {
  readonly #child: ChildProcess;
  #talk: Talk | undefined;
  #isOver = false;
  #hasStarted = false;

  /** `onEnd` is called when it ends, or talks unasked. */
  constructor(file: string, memoryBytes: number, onEnd: () => void) {
    this.#child = startSandboxed({ file, heapBytes: memoryBytes });
    this.#child.once('error', (cause) => {
      this.#isOver = true;
      const why = { message: 'The sandbox does not start.', hint: 'Look at the server.', cause };
      this.#talk?.stop(upstreamError({ code: 'script.not-started', ...why }));
      onEnd();
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#hasStarted = true;
      if (this.#talk === undefined) onEnd();
      else hear(this.#talk, chunk);
    });
    this.#child.once('close', () => {
      this.#isOver = true;
      // It died in the middle, which is what too much memory does to it: nothing more is said.
      this.#talk?.settle('');
      onEnd();
    });
    // A child that died at once no longer listens: its end says so.
    this.#child.stdin?.on('error', () => undefined);
  }

  /** True once it has said something. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** True when nothing can run in it any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Gives it a task and waits for what it says: an answer in one line, empty when it died. */
  async run(task: string, bounds: ScriptBounds): Promise<string> {
    const { stopAfterMs, memoryBytes, answerBytes, signal } = bounds;
    let stop: Talk['stop'] = () => undefined;
    const answer = new Promise<string>((settle, reject) => {
      stop = reject;
      this.#talk = { chunks: [], size: 0, mostBytes: answerBytes, settle, stop };
    });
    const onAbort = (): void => stop(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const timer = setTimeout(() => stop(new ScriptStopped('time')), stopAfterMs);
    const unwatch = watchMemory(this.#child, memoryBytes + nodeOverheadBytes, () => stop(new ScriptStopped('memory')));
    this.#child.stdin?.write(`${task}\n`);
    try {
      return await answer;
    } finally {
      this.#talk = undefined;
      clearTimeout(timer);
      unwatch();
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Memory that it holds, in bytes; 0 where the system does not say. */
  residentBytes(): Promise<number> {
    return residentBytes(this.#child.pid);
  }

  kill(): void {
    this.#isOver = true;
    this.#child.kill('SIGKILL');
  }
}

function hear(talk: Talk, chunk: Buffer): void {
  talk.size += chunk.length;
  if (talk.size > talk.mostBytes) return talk.stop(new ScriptStopped('answer'));
  talk.chunks.push(chunk);
  if (chunk.at(-1) === 0x0a) talk.settle(Buffer.concat(talk.chunks).toString('utf8').slice(0, -1));
}
