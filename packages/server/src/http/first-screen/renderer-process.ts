import { fork, type ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Log } from '../../log.ts';
import { endWithServer } from '../../sandbox/end-with-server.ts';
import type { FromRenderer, RenderQuestion, ToRenderer, ViewHints } from './render-protocol.ts';

/** What is to be rendered. */
export interface RenderJob {
  /** The app as the person may see it, as JSON. */
  readonly definition: string;
  readonly address: string;
  readonly hints: ViewHints;
  /** Reads what the screen asks for: JSON texts by question. Questions without an answer are left out. */
  readonly read: (
    questions: readonly RenderQuestion[],
  ) => Promise<readonly { readonly question: RenderQuestion; readonly reply: string }[]>;
}

/** Renders first screens in a process beside the server, which is there only while it is used. */
export interface Renderer {
  /** Starts the process when it is not there: the next page will find it. */
  warm(): void;
  /** The HTML of a screen; undefined when there is none: not ready, too busy, failed, too slow. Never rejects. */
  render(job: RenderJob): Promise<string | undefined>;
  close(): void;
}

/** Means of {@link createRendererProcess}. */
export interface RendererOptions {
  /** The module the process runs. It may read the folder of this file, and nothing else. */
  readonly entry: string;
  readonly log: Log;
  /** The process ends after so long without work, in milliseconds. */
  readonly idleMs?: number;
  /** A page waits no longer than this, in milliseconds. */
  readonly limitMs?: number;
}

/** More pages than this at once are left to their browsers. */
const mostJobs = 8;
/** Screens may need what other answers say; whoever asks again and again is not served further. */
const mostRounds = 3;
/** A process that neither answers nor ends is ended, after so many milliseconds. */
const hangMs = 5_000;
const mostFailures = 3;
const pauseMs = 5 * 60_000;

interface Job extends RenderJob {
  readonly finish: (html: string | undefined) => void;
  rounds: number;
}

/** Makes a renderer. No process is started before it is needed. */
export function createRendererProcess(options: RendererOptions): Renderer {
  const { entry, log, idleMs = 15 * 60_000, limitMs = 400 } = options;
  const jobs = new Map<number, Job>();
  let child: ChildProcess | undefined;
  let isReady = false;
  let count = 0;
  let failures = 0;
  let pausedUntil = 0;
  let idle: NodeJS.Timeout | undefined;
  let hang: NodeJS.Timeout | undefined;

  const end = (): void => {
    clearTimeout(idle);
    clearTimeout(hang);
    hang = undefined;
    child?.removeAllListeners();
    child?.kill('SIGKILL');
    child = undefined;
    isReady = false;
    for (const job of jobs.values()) job.finish(undefined);
    jobs.clear();
  };
  const fail = (reason: string): void => {
    log.warn({ reason }, 'The process that renders first screens has ended; browsers render them meanwhile');
    end();
    failures += 1;
    if (failures < mostFailures) return;
    failures = 0;
    pausedUntil = Date.now() + pauseMs;
  };
  const restartIdle = (): void => {
    clearTimeout(idle);
    idle = setTimeout(end, idleMs).unref();
  };
  const send = (message: ToRenderer): void => {
    child?.send(message);
    hang ??= setTimeout(() => fail('no answer'), hangMs).unref();
  };
  const receive = (message: FromRenderer): void => {
    clearTimeout(hang);
    hang = undefined;
    if (message.kind === 'ready') {
      isReady = true;
      return;
    }
    const job = jobs.get(message.job);
    // The page went on without it.
    if (job === undefined) return;
    if (message.kind === 'asks') return void answer(message.job, job, message.questions);
    if (message.kind === 'failed') log.warn({ reason: message.message }, 'A first screen could not be rendered');
    else failures = 0;
    job.finish(message.kind === 'drawn' ? message.html : undefined);
  };
  const answer = async (id: number, job: Job, questions: readonly RenderQuestion[]): Promise<void> => {
    job.rounds += 1;
    const answers = await job.read(questions).catch(() => []);
    if (jobs.get(id) !== job) return;
    const isLast = job.rounds >= mostRounds || answers.length < questions.length;
    send({ kind: 'answers', job: id, answers, isLast });
  };
  const warm = (): void => {
    restartIdle();
    if (child !== undefined || Date.now() < pausedUntil) return;
    // No environment, no files but its own, no network, no processes: it only turns what it is sent into HTML.
    child = fork(entry, [], {
      execPath: process.execPath,
      execArgv: ['--permission', `--allow-fs-read=${join(dirname(entry), '*')}`, '--max-old-space-size=256'],
      env: { NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    endWithServer(child);
    child.unref();
    child.channel?.unref();
    child.once('exit', (code, signal) => fail(`it ended with ${signal ?? code}`));
    child.once('error', (error) => fail(error.message));
    child.on('message', receive);
  };

  return {
    warm,
    render(job) {
      warm();
      if (!isReady || jobs.size >= mostJobs) return Promise.resolve(undefined);
      count += 1;
      const id = count;
      return new Promise((resolve) => {
        const timer = setTimeout(() => finish(undefined), limitMs);
        const finish = (html: string | undefined): void => {
          clearTimeout(timer);
          jobs.delete(id);
          resolve(html);
        };
        jobs.set(id, { ...job, finish, rounds: 0 });
        send({ kind: 'start', job: id, definition: job.definition, address: job.address, hints: job.hints });
      });
    },
    close: end,
  };
}
