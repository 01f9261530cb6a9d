import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { notFound } from '@fettle/base';
import { serverArguments, serverMemory } from '@fettle/standalone/server-process';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { serverEnvironment } from './server-settings.ts';

/**
 * Goes on as the server, in this very process where the system can do that: it is what a container or a service manager
 * sends its signals to, and nothing stays in memory beside it. Elsewhere it is a child, whose output is ours.
 */
export async function startServer({ environment }: CommandContext): Promise<CommandResult> {
  const entry = serverEntry();
  const settings = Object.fromEntries(
    Object.entries({ ...serverMemory, ...serverEnvironment(environment) }).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
  const words = [...serverArguments, entry];
  if (process.platform !== 'win32' && process.execve !== undefined)
    process.execve(process.execPath, [process.execPath, ...words], settings);
  const child = spawn(process.execPath, words, { stdio: 'inherit', env: settings });
  // The child gets what the terminal sends as well; a service manager sends it to us alone.
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  return { data: { exitCode }, text: '', exitCode };
}

/** The built server, or its sources in a repository that was not built. */
function serverEntry(): string {
  const here = import.meta.url.endsWith('.ts') ? '../../../standalone' : '../../standalone';
  const places = ['dist/server/main.js', 'src/main.ts'].map((path) =>
    fileURLToPath(new URL(`${here}/${path}`, import.meta.url)),
  );
  const found = places.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw notFound({
    code: 'server.not-here',
    message: 'The server is not installed beside this command.',
    hint: 'Build it: pnpm build',
  });
}
