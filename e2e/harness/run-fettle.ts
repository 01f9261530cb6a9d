import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../packages/cli/dist/fettle.js', import.meta.url));

/** What a run of the command left. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON. */
  json<T = Record<string, unknown>>(): T;
}

/** How to run it. */
export interface RunOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Ends it after so many milliseconds as a crash would. */
  readonly killAfterMs?: number;
}

/** Runs `fettle` as a process of its own, with no settings but the given ones. */
export async function runFettle(words: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(process.execPath, [entry, ...words], {
    cwd: options.folder ?? process.cwd(),
    env: {
      PATH,
      HOME,
      ...(TMPDIR === undefined ? {} : { TMPDIR }),
      FETTLE_CONFIG: '/nonexistent',
      ...options.environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part) => (stdout += String(part)));
  child.stderr.on('data', (part) => (stderr += String(part)));
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const { killAfterMs } = options;
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const code = await new Promise<number>((resolve) => child.once('close', (given) => resolve(given ?? -1)));
  clearTimeout(timer);
  return { code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T };
}
