import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built server. */
export const serverEntry = fileURLToPath(new URL('../../packages/standalone/dist/server/main.js', import.meta.url));

/**
 * Environment of the built server: how its memory is managed and where compiled code is kept. What is set already
 * wins.
 */
export const serverEnvironment: Readonly<Record<string, string>> = {
  // Hashing a password takes 19 MB for a moment. Above this size the C library gives memory back to the system at
  // once; otherwise it keeps such a piece for every thread that ever hashed.
  MALLOC_MMAP_THRESHOLD_: '1048576',
  // Threads that read SQLite files come and go; what each arena of the C library keeps of them adds up.
  MALLOC_ARENA_MAX: '2',
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../packages/standalone/dist/compile-cache', import.meta.url)),
};

/**
 * Arguments of Node itself: less room for what is young, so that it is cleared away before it fills pages; and memory of
 * ended threads goes back to the system instead of being kept for others.
 */
export const serverArguments: readonly string[] = [
  '--max-semi-space-size=2',
  '--no-memory-pool-share-memory-on-teardown',
];

/** Goes on as the built server, in this very process where the system can do that. */
export function becomeServer(): void {
  const environment = { ...serverEnvironment, ...process.env };
  if (process.platform !== 'win32' && process.execve !== undefined) {
    process.execve(process.execPath, [process.execPath, ...serverArguments, serverEntry], environment);
  }
  const child = spawn(process.execPath, [...serverArguments, serverEntry], { stdio: 'inherit', env: environment });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
}
