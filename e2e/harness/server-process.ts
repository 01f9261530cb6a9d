import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bug } from '@fettle/testing';
import { serverArguments } from '../../packages/standalone/src/server-process.ts';
import { serverEntry, serverEnvironment } from '../../tooling/scripts/server-process.ts';

/** The built server, as `pnpm start` runs it: it is what people get, and starts in a third of the time its sources take. */
const builtServer: ServerProgram = { command: [process.execPath, ...serverArguments, serverEntry] };

/** The owner made at the first start, when a story does not begin with the set-up page. */
export const ownerLogin = { email: 'owner@example.com', password: 'a long sentence nobody guesses' } as const;

/** The product as one process, the way an operator runs it. */
export interface ServerProcess {
  readonly url: string;
  readonly folder: string;
  /** Everything it has printed, over all its starts. */
  log(): string;
  /** The one-time token it printed, when it waits for its owner. */
  setupToken(): string;
  isRunning(): boolean;
  /** Ends it as a crash or a power cut of the process would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to end, as a service manager does; answers its exit code. */
  terminate(): Promise<number | null>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

/** How a story wants its server. */
export interface ServerProcessOptions {
  /** Metadata on PostgreSQL; without: SQLite in the data folder. */
  readonly databaseUrl?: string;
  /** False: the first person sets it up in the browser. */
  readonly hasOwner?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
  /** What is run; without: the built server. */
  readonly program?: ServerProgram;
}

/** How one process of several is wanted. */
export interface OneProcessOptions extends ServerProcessOptions {
  /** The data folder that it shares with others. */
  readonly folder?: string;
  readonly port?: number;
}

/** A way to run the product. */
export interface ServerProgram {
  readonly command: readonly [string, ...string[]];
  /** Whom it runs as; its data folder is theirs. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/**
 * Starts the product on a fresh data folder and a free port. With `FETTLE_STORY_TOPOLOGY=many` it is several processes on
 * one PostgreSQL, unless the story says how many there are or what they run on.
 */
export async function startServerProcess(options: ServerProcessOptions = {}): Promise<ServerProcess> {
  const isChosen = options.databaseUrl !== undefined || options.program !== undefined;
  if (process.env['FETTLE_STORY_TOPOLOGY'] !== 'many' || isChosen) return startOneProcess(options);
  const { startManyProcesses } = await import('./many-processes.ts');
  return startManyProcesses(options);
}

/** Starts one process. */
export async function startOneProcess(options: OneProcessOptions): Promise<ServerProcess> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'fettle-story-')));
  const { command, user } = options.program ?? builtServer;
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  const port = options.port ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let printed = '';
  const environment = {
    ...serverEnvironment,
    ...withoutProductSettings(process.env),
    FETTLE_DATA_DIR: folder,
    PORT: String(port),
    HOST: '127.0.0.1',
    FETTLE_LOG_LEVEL: 'warn',
    ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    ...(options.hasOwner === false
      ? {}
      : { FETTLE_OWNER_EMAIL: ownerLogin.email, FETTLE_OWNER_PASSWORD: ownerLogin.password }),
    ...options.settings,
  };
  const isRunning = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  const start = async (): Promise<void> => {
    const [file, ...words] = command;
    child = spawn(file, words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], ...user });
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await untilReady(url, isRunning, () => printed).catch((error: unknown) => {
      child?.kill('SIGKILL');
      throw error;
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child;
    if (ending === undefined || !isRunning()) return ending?.exitCode ?? null;
    const gone = new Promise<number | null>((resolve) => ending.once('exit', (code) => resolve(code)));
    ending.kill(signal);
    return gone;
  };
  await start();
  return {
    url,
    folder,
    log: () => printed,
    setupToken: () => /^Setup token: (\S+)$/m.exec(printed)?.[1] ?? '',
    isRunning,
    kill: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
    start,
    dispose: async () => {
      await end('SIGKILL');
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function withoutProductSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !/^(FETTLE_|PORT$|HOST$|DATABASE_URL$|NODE_OPTIONS$|VITEST)/.test(name),
    ),
  );
}

async function untilReady(url: string, isRunning: () => boolean, log: () => string): Promise<void> {
  // Several start at once, on machines that do other things as well.
  const deadline = Date.now() + 100_000;
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/api/health/ready`).catch(() => undefined);
    if (response?.ok === true) return;
    if (!isRunning()) throw bug(`The server ended while it started:\n${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw bug(`The server was not ready in time:\n${log()}`);
}

/**
 * A port nobody listens on at the moment, below those that systems give to connections: stories end servers and start them
 * again on the same one, and other stories run meanwhile.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
