import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serverArguments, serverMemory } from '../../packages/standalone/src/server-process.ts';

/** The built server. */
export const serverEntry = fileURLToPath(new URL('../../packages/standalone/dist/server/main.js', import.meta.url));

/** Environment of the built server: how its memory is managed and where compiled code is kept. What is set already wins. */
export const serverEnvironment: Readonly<Record<string, string>> = {
  ...serverMemory,
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../packages/standalone/dist/compile-cache', import.meta.url)),
};

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
