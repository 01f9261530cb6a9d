import type { ChildProcess } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { AppError, upstreamError, type Json } from '@fettle/base';
import { nodeOverheadBytes, startSandboxed, watchMemory } from '../../../sandbox/start-sandboxed.ts';
import { fromPluginSchema, type FromPlugin, type PluginError, type ToPlugin } from './protocol.ts';
import { createPace } from './message-pace.ts';

/** Answers what the code of a plugin asks for while it answers a call. */
export type Broker = (capability: string, input: Json) => Promise<Json>;

/** One call of a plugin's code. */
export interface PluginCall {
  readonly method: string;
  readonly input: Json;
  readonly broker: Broker;
  readonly signal: AbortSignal;
  /** Absent: it goes on until the signal fires. */
  readonly timeoutMs?: number;
}

/** A running process of a plugin. */
export interface PluginProcess {
  /** Number of calls that wait for their answer. */
  readonly load: number;
  call(call: PluginCall): Promise<Json>;
  /** Ends it because it does nothing. */
  hung(): void;
  /** Ends it. What waits is told `reason`. */
  end(reason?: AppError): void;
}

/** What a process is started with. */
export interface PluginProcessOptions {
  /** Title of the plugin, for messages. */
  readonly title: string;
  /** Folder with the files of the plugin; its process reads nothing else. */
  readonly folder: string;
  /** The module in it that is run. */
  readonly module: string;
  /** It is over: with what it complained about when it was not told to end. */
  readonly onEnd: (problem: AppError | undefined) => void;
  readonly limits?: Partial<ProcessLimits>;
}

/** How long, how much and how many. */
export interface ProcessLimits {
  readonly memoryBytes: number;
  readonly startMs: number;
  /** A process that does not answer a ping for so long hangs. */
  readonly hangMs: number;
  /** A call that was cancelled and goes on is ended with its process. */
  readonly graceMs: number;
  readonly lineBytes: number;
  readonly asksAtOnce: number;
}

const usual: ProcessLimits = {
  memoryBytes: 128 * 1024 * 1024,
  // Its priority is the lowest: on a busy machine it waits long for its turn.
  startMs: 30_000,
  hangMs: 3_000,
  graceMs: 1_000,
  lineBytes: 24 * 1024 * 1024,
  asksAtOnce: 50,
};

// A built server has the child as one file beside its own; its sources are a few in a folder.
const isSource = import.meta.url.endsWith('.ts');
const childFile = fileURLToPath(new URL(isSource ? './child/plugin-child.ts' : './plugin-child.js', import.meta.url));
const childFolder = isSource ? [`${dirname(childFile)}/*`] : [];
const isMessage = new Ajv({ strict: false }).compile<FromPlugin>(fromPluginSchema);

interface Waiting extends PluginCall {
  readonly finish: (error: unknown, value?: Json) => void;
}

/** Starts a process for a plugin. Calls wait until it is ready. */
export function startPluginProcess(options: PluginProcessOptions): PluginProcess {
  return new RunningPlugin(options);
}

class RunningPlugin implements PluginProcess {
  readonly #options: PluginProcessOptions;
  readonly #limits: ProcessLimits;
  readonly #child: ChildProcess;
  readonly #calls = new Map<number, Waiting>();
  readonly #ready = Promise.withResolvers<void>();
  readonly #stops: (() => void)[] = [];
  /** Calls that wait until it is ready. */
  #starting = 0;
  #count = 0;
  #asks = 0;
  #complaint = '';
  #hang: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(options: PluginProcessOptions) {
    this.#options = options;
    this.#limits = { ...usual, ...options.limits };
    this.#ready.promise.catch(() => undefined);
    this.#child = startSandboxed({
      file: childFile,
      readable: [`${options.folder}/*`, ...childFolder],
      heapBytes: this.#limits.memoryBytes,
      hearsErrors: true,
      arguments: [`${options.folder}/${options.module}`],
    });
    this.#listen();
    const starting = setTimeout(() => this.end(this.#problem('does not start.')), this.#limits.startMs);
    this.#ready.promise.then(
      () => clearTimeout(starting),
      () => clearTimeout(starting),
    );
    const most = this.#limits.memoryBytes + nodeOverheadBytes;
    this.#stops.push(watchMemory(this.#child, most, () => this.end(this.#tooMuchMemory())));
    const beat = setInterval(() => this.#ping(), this.#limits.hangMs / 3).unref();
    this.#stops.push(() => clearInterval(beat));
  }

  get load(): number {
    return this.#calls.size + this.#starting;
  }

  async call(call: PluginCall): Promise<Json> {
    call.signal.throwIfAborted();
    this.#starting += 1;
    await this.#ready.promise.finally(() => (this.#starting -= 1));
    if (this.#isOver) throw this.#problem('has ended.');
    this.#count += 1;
    const id = this.#count;
    const { promise, resolve, reject } = Promise.withResolvers<Json>();
    const cancel = (reason: unknown): void => {
      this.#say({ kind: 'cancel', id });
      // Whoever waits goes on; code that does not stop by itself is stopped.
      setTimeout(
        () => this.#calls.has(id) && this.end(this.#problem('did not stop when it was told to.')),
        this.#limits.graceMs,
      ).unref();
      reject(reason as Error);
    };
    const onAbort = (): void => cancel(call.signal.reason);
    const { timeoutMs } = call;
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => cancel(this.#tooSlow(timeoutMs)), timeoutMs);
    call.signal.addEventListener('abort', onAbort, { once: true });
    this.#calls.set(id, {
      ...call,
      finish: (error, value = null) => {
        this.#calls.delete(id);
        if (error === undefined) resolve(value);
        else reject(error as Error);
      },
    });
    this.#say({ kind: 'call', id, method: call.method, input: call.input });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      call.signal.removeEventListener('abort', onAbort);
    }
  }

  hung(): void {
    this.end(this.#problem('hangs: it neither rested nor asked for anything for too long.'));
  }

  end(reason?: AppError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#hang);
    for (const stop of this.#stops) stop();
    this.#child.kill('SIGKILL');
    const error = reason ?? this.#problem('was ended.');
    this.#ready.reject(error);
    for (const { finish } of this.#calls.values()) finish(error);
    this.#options.onEnd(reason);
  }

  #listen(): void {
    const { stdout, stderr, stdin } = this.#child;
    let line: Buffer[] = [];
    let size = 0;
    const inTurn = createPace((text) => this.#receive(text), stdout);
    stdout?.on('data', (chunk: Buffer) => {
      let rest = chunk;
      for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
        line.push(rest.subarray(0, end));
        inTurn(Buffer.concat(line).toString('utf8'));
        line = [];
        size = 0;
        rest = rest.subarray(end + 1);
      }
      line.push(rest);
      size += rest.length;
      if (size > this.#limits.lineBytes) this.end(this.#problem('said more at once than it may.'));
    });
    stderr?.on('data', (chunk: Buffer) => {
      this.#complaint = `${this.#complaint}${chunk.toString('utf8')}`.slice(-4000);
    });
    // A child that died no longer listens: its end says so.
    stdin?.on('error', () => undefined);
    this.#child.once('error', (cause) => this.end(this.#problem('does not start.', cause)));
    this.#child.once('close', (code, signal) => this.end(this.#died(code, signal)));
    this.#child.unref();
  }

  #receive(text: string): void {
    if (this.#isOver) return;
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      return this.end(this.#problem('said something that is no message.'));
    }
    if (!isMessage(message)) return this.end(this.#problem('said something that is no message.'));
    switch (message.kind) {
      case 'ready':
        return this.#ready.resolve();
      case 'broken':
        return this.end(this.#problem(`cannot be loaded: ${message.error.message}`));
      case 'pong':
        clearTimeout(this.#hang);
        this.#hang = undefined;
        return undefined;
      case 'done':
        return this.#calls.get(message.id)?.finish(undefined, message.value);
      case 'failed':
        return this.#calls.get(message.id)?.finish(this.#errorFrom(message.error));
      case 'ask':
        return void this.#answer(message);
    }
  }

  async #answer({ ask, call, capability, input }: Extract<FromPlugin, { kind: 'ask' }>): Promise<void> {
    const broker = this.#calls.get(call)?.broker;
    // Its call is over: whoever it was for has gone on.
    if (broker === undefined) return this.#say({ kind: 'refuse', ask, error: tooLate });
    const isRest = capability === 'rest';
    if (!isRest && this.#asks >= this.#limits.asksAtOnce) return this.#say({ kind: 'refuse', ask, error: tooMany });
    if (!isRest) this.#asks += 1;
    try {
      this.#say({ kind: 'answer', ask, value: await broker(capability, input) });
    } catch (error) {
      this.#say({ kind: 'refuse', ask, error: errorForPlugin(error) });
    } finally {
      if (!isRest) this.#asks -= 1;
    }
  }

  #ping(): void {
    if (this.#isOver || this.#calls.size === 0) return;
    this.#say({ kind: 'ping' });
    this.#hang ??= setTimeout(
      () => this.end(this.#problem('hangs: it was busy with itself for too long.')),
      this.#limits.hangMs,
    ).unref();
  }

  #say(message: ToPlugin): void {
    if (!this.#isOver) this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  #errorFrom({ kind, code, message, hint }: PluginError): AppError {
    // Its own words, but none of our kinds that would say that we are at fault or ask people to sign in.
    const known = [
      'input',
      'not-found',
      'conflict',
      'too-large',
      'too-many',
      'timeout',
      'upstream',
      'unavailable',
    ] as const;
    const given = known.find((one) => one === kind) ?? 'upstream';
    return new AppError(given, {
      code: /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(code) ? code : 'plugin.failed',
      message: code === 'plugin.failed' ? `${this.#options.title} failed: ${message}` : message,
      hint: hint ?? 'Look at the settings. If they are right, tell the publisher of the plugin.',
    });
  }

  #problem(what: string, cause?: unknown): AppError {
    return upstreamError({
      code: 'plugin.stopped',
      message: `The plugin "${this.#options.title}" ${what}`,
      hint: 'It is started again when it is next needed. If this goes on, tell its publisher.',
      ...(cause === undefined ? {} : { cause }),
    });
  }

  #died(code: number | null, signal: NodeJS.Signals | null): AppError {
    if (code === 134 || signal === 'SIGABRT' || /heap out of memory/i.test(this.#complaint))
      return this.#tooMuchMemory();
    const said = /^(?:\w*Error: .*)$/m.exec(this.#complaint)?.[0];
    return this.#problem(said === undefined ? 'ended by itself.' : `crashed: ${said.slice(0, 300)}`);
  }

  #tooMuchMemory(): AppError {
    return new AppError('too-large', {
      code: 'plugin.memory',
      message: `The plugin "${this.#options.title}" needed more memory than it may use.`,
      hint: 'Let it work on less at once. If this goes on, tell its publisher.',
    });
  }

  #tooSlow(ms: number): AppError {
    return new AppError('timeout', {
      code: 'plugin.timeout',
      message: `The plugin "${this.#options.title}" took longer than ${Math.round(ms / 1000)} seconds.`,
      hint: 'Try again, or let it do less at once.',
    });
  }
}

const tooLate: PluginError = { kind: 'timeout', code: 'plugin.call-over', message: 'The call this was for is over.' };
const tooMany: PluginError = { kind: 'too-many', code: 'plugin.too-many', message: 'Too much was asked for at once.' };

/** What a plugin is told of an error of ours. */
function errorForPlugin(error: unknown): PluginError {
  if (!(error instanceof AppError) || error.kind === 'bug')
    return { kind: 'upstream', code: 'plugin.refused', message: 'The server could not do this.' };
  return {
    kind: error.kind,
    code: error.code,
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  };
}
