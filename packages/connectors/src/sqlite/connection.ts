import { Worker } from 'node:worker_threads';
import { upstreamError } from '@fettle/base';
import { translateSqliteError } from './errors.ts';
import type { WorkerAnswer, WorkerOptions, WorkerTask } from './worker-protocol.ts';

type Success = Exclude<WorkerAnswer, { error: unknown }>;

interface Pending {
  readonly resolve: (answer: Success) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One SQLite connection in a thread of its own: Node's SQLite is synchronous, so that a long query here would stop
 * the server. Tasks run one after another; ending the thread cancels the running one.
 */
export class SqliteWorkerConnection {
  readonly #worker: Worker;
  readonly #pending: Pending[] = [];
  isBroken = false;

  constructor(options: WorkerOptions) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: options,
      name: 'fettle-sqlite',
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.#worker.unref();
    this.#worker.on('message', (answer: WorkerAnswer) => this.#settle(answer));
    this.#worker.on('error', (error) => this.#fail(translateSqliteError(error)));
    this.#worker.on('exit', () => this.#fail(endedError()));
  }

  send(task: WorkerTask): Promise<Success> {
    if (this.isBroken) return Promise.reject(endedError());
    return new Promise((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      if (this.#pending.length === 1) this.#worker.ref();
      this.#worker.postMessage(task);
    });
  }

  /** Ends the thread, whatever it is doing. SQLite rolls an open transaction back. */
  async terminate(): Promise<void> {
    this.isBroken = true;
    await this.#worker.terminate();
  }

  #settle(answer: WorkerAnswer): void {
    const pending = this.#pending.shift();
    if (this.#pending.length === 0) this.#worker.unref();
    if (pending === undefined) return;
    if ('error' in answer) pending.reject(translateSqliteError(answer.error));
    else pending.resolve(answer);
  }

  #fail(error: unknown): void {
    this.isBroken = true;
    for (const pending of this.#pending.splice(0)) pending.reject(error);
  }
}

function endedError() {
  return upstreamError({ code: 'data.connection-lost', message: 'The connection to the SQLite file was ended.', hint: 'Try again.' });
}
