import { spawn } from 'node:child_process';
import { AppError, upstreamError } from '@fettle/base';
import type { CallOptions } from '@fettle/sdk/server';

/** A program that writes a copy to its standard output. */
export interface BackupProgram {
  /** Tried in this order: systems call the same program by several names. */
  readonly names: readonly string[];
  readonly args: readonly string[];
  /** The whole environment but the path: nothing of the server's own is seen by the program. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it belongs to, for whoever has to install it. */
  readonly belongsTo: string;
}

const mostErrorText = 2_000;

/** What the program writes. Fails unless it ends well; ends it when the call is over before. */
export async function* outputOf(
  program: BackupProgram,
  { signal, timeoutMs }: CallOptions,
): AsyncGenerator<Uint8Array> {
  const ending = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  ending.throwIfAborted();
  for (const [index, name] of program.names.entries()) {
    try {
      yield* outputOfOne(name, program, ending);
      return;
    } catch (error) {
      const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (isMissing && index < program.names.length - 1) continue;
      throw isMissing ? missing(program) : error;
    }
  }
}

async function* outputOfOne(
  name: string,
  { args, environment }: BackupProgram,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const child = spawn(name, [...args], {
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-mostErrorText);
  });
  const ended = new Promise<{ readonly code: number | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code }));
  });
  ended.catch(() => undefined);
  const stop = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of child.stdout) yield chunk as Uint8Array;
    const { code } = await ended;
    signal.throwIfAborted();
    if (code !== 0) throw failed(name, said);
  } finally {
    signal.removeEventListener('abort', stop);
    // Whoever reads may stop in the middle.
    if (child.exitCode === null) stop();
  }
}

function failed(name: string, said: string): AppError {
  const text = said.replaceAll(/\s+/g, ' ').trim().slice(-500);
  return upstreamError({
    code: 'backup.failed',
    message: `${name} did not come to its end${text === '' ? '.' : `: ${text}`}`,
    hint: 'Check that the user of the data source may read everything, and that the program is as new as the database.',
  });
}

function missing({ names, belongsTo }: BackupProgram): AppError {
  return new AppError('unavailable', {
    code: 'backup.program-missing',
    message: `Copies of this database are made by ${names.join(' or ')}, which is not installed on the server that plays the flow.`,
    hint: `Its operator installs ${belongsTo}, as new as the database at least, on every server and worker; of the container image, the target with-database-clients has it.`,
  });
}
