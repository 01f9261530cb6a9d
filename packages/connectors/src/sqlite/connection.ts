import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { upstreamError } from '@fettle/base';
import { translateSqliteError } from './errors.ts';
import type { WorkerAnswer, WorkerOptions, WorkerTask } from './worker-protocol.ts';

type Success = Exclude<WorkerAnswer, { error: unknown }>;

interface Pending {
  readonly resolve: (answer: Success) => void;
  readonly reject: (error: unknown) => void;
}

/** Where tasks go. */
interface Host {
  post(task: WorkerTask): void;
  /** Keeps the server's process alive, or not. */
  hold(isHeld: boolean): void;
  end(): void;
}

interface HostEvents {
  readonly answer: (answer: WorkerAnswer) => void;
  readonly failure: (error: unknown) => void;
  readonly exit: () => void;
}

// A built server has the worker as a file beside its own.
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './sqlite-worker.js', import.meta.url);
const nodeOptions = ['--disable-warning=ExperimentalWarning'];

/**
 * One SQLite connection outside the server's thread: Node's SQLite is synchronous, so that a long statement here would
 * stop the server. Tasks run one after another.
 */
export class SqliteConnection {
  readonly #host: Host;
  readonly #pending: Pending[] = [];
  isBroken = false;

  private constructor(start: (events: HostEvents) => Host) {
    this.#host = start({
      answer: (answer) => this.#settle(answer),
      failure: (error) => this.#fail(translateSqliteError(error)),
      exit: () => this.#fail(endedError()),
    });
  }

  /** In a thread: quick to reach. A running statement of it cannot be stopped, only abandoned. */
  static inThread(options: WorkerOptions): SqliteConnection {
    return new SqliteConnection((events) => startThread(options, events));
  }

  /** In a process: for statements of builders, which may run forever and can be killed there. */
  static inProcess(options: WorkerOptions): SqliteConnection {
    return new SqliteConnection((events) => startProcess(options, events));
  }

  send(task: WorkerTask): Promise<Success> {
    if (this.isBroken) return Promise.reject(endedError());
    return new Promise((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      if (this.#pending.length === 1) this.#host.hold(true);
      this.#host.post(task);
    });
  }

  /** Ends it, whatever it is doing. SQLite rolls an open transaction back. */
  end(): void {
    this.isBroken = true;
    this.#host.end();
    this.#fail(endedError());
  }

  #settle(answer: WorkerAnswer): void {
    const pending = this.#pending.shift();
    if (this.#pending.length === 0) this.#host.hold(false);
    if (pending === undefined) return;
    if ('error' in answer) pending.reject(translateSqliteError(answer.error));
    else pending.resolve(answer);
  }

  #fail(error: unknown): void {
    this.isBroken = true;
    for (const pending of this.#pending.splice(0)) pending.reject(error);
  }
}

function startThread(options: WorkerOptions, events: HostEvents): Host {
  const worker = new Worker(workerFile, {
    workerData: options,
    name: 'fettle-sqlite',
    execArgv: nodeOptions,
    resourceLimits: { maxYoungGenerationSizeMb: 3 },
  });
  worker.unref();
  worker.on('message', events.answer);
  worker.on('error', events.failure);
  worker.on('exit', events.exit);
  return {
    post: (task) => worker.postMessage(task),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    end: () => void worker.terminate(),
  };
}

function startProcess(options: WorkerOptions, events: HostEvents): Host {
  const child = fork(fileURLToPath(workerFile), [JSON.stringify(options)], {
    serialization: 'advanced',
    execArgv: nodeOptions,
    // Nothing of the server's environment (which may hold secrets) is of use there.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.unref();
  child.channel?.unref();
  child.on('message', (answer) => events.answer(answer as WorkerAnswer));
  child.on('error', events.failure);
  child.on('exit', () => {
    process.removeListener('exit', kill);
    events.exit();
  });
  return {
    post: (task) => void child.send(task),
    hold: (isHeld) => {
      if (isHeld) child.channel?.ref();
      else child.channel?.unref();
    },
    end: kill,
  };
}

function endedError() {
  return upstreamError({
    code: 'data.connection-lost',
    message: 'The connection to the SQLite file was ended.',
    hint: 'Try again.',
  });
}
