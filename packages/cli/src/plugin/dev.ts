import { watch } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { AppError } from '@fettle/base';
import { routes } from '@fettle/contract';
import type { ArgumentSpecs, CommandContext, CommandResult, OptionSpecs } from '../command/command.ts';
import type { Connection } from '../connection/connection.ts';
import { findWorkspace } from '../connection/find-workspace.ts';
import { createBuildMemory, type BuildMemory } from './build-memory.ts';
import { buildProject, writeBuild } from './build-project.ts';
import { installInspected } from './install.ts';
import { readProject } from './project.ts';

/** Saves come in bursts: this long after the last one it is built. */
const settleMs = 30;

/** Builds and installs a plugin again and again, until it is interrupted. */
export async function devPlugin(context: CommandContext<OptionSpecs, ArgumentSpecs>): Promise<CommandResult> {
  const { output } = context;
  const given = context.arguments['folder'] as string | undefined;
  const { folder } = await readProject(context.folder, given);
  const connection = await context.connect();
  const { id: workspaceId } = await findWorkspace(connection.client);
  const memory = createBuildMemory();
  const round = async (): Promise<void> => {
    const startedAt = performance.now();
    try {
      const { title, version } = await renew(connection, workspaceId, { folder, memory });
      output.note(
        `${title} ${version} is on the server, ${Math.round(performance.now() - startedAt)} ms after the save.`,
      );
    } catch (error) {
      // Half-written code is no reason to stop.
      if (!(error instanceof AppError)) throw error;
      output.note([error.message, error.hint].filter((line) => line !== undefined).join('\n'));
    }
  };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const build = (): Promise<void> => (running = running.then(round));
  // Before the first round, so that a save during it is not missed.
  const watcher = watch(folder, { recursive: true }, (_event, filename) => {
    if (filename === null || /^(?:dist|node_modules|\.)|\.tgz$/.test(filename)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void build(), settleMs);
  });
  const broken = once(watcher, 'close');
  await build();
  output.note('Waiting for changes. Interrupt to stop.');
  await broken;
  return { data: {}, text: '' };
}

async function renew(
  connection: Connection,
  workspaceId: string,
  { folder, memory }: { readonly folder: string; readonly memory: BuildMemory },
) {
  const place = join(folder, 'dist');
  await writeBuild(await buildProject(await readProject(folder, undefined), memory), place);
  const from = { kind: 'folder', path: place } as const;
  const { inspection } = await connection.client.call(routes.plugins.inspect, {
    params: { workspaceId },
    body: { from },
  });
  if (inspection.refusal !== undefined) throw new AppError('conflict', inspection.refusal);
  return inspection.action === 'none' ? inspection : installInspected(connection, workspaceId, inspection);
}
