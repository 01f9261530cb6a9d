import { routes } from '@fettle/contract';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { columns } from '../command/columns.ts';
import { findWorkspace } from '../connection/find-workspace.ts';

/** Lists the apps that builders see. */
export async function listApps(context: CommandContext): Promise<CommandResult> {
  const { client } = await context.connect();
  const workspace = await findWorkspace(client);
  const { apps } = await client.call(routes.apps.list, { params: { workspaceId: workspace.id } });
  const rows = apps.map(({ slug, name, revision, live, hasChanges }) => [
    slug,
    name,
    String(revision),
    live === null ? 'not published' : `release ${live.number}${hasChanges ? ', draft differs' : ''}`,
  ]);
  const text =
    apps.length === 0
      ? `There are no apps in ${workspace.name} yet.`
      : columns(['APP', 'NAME', 'REVISION', 'LIVE'], rows);
  return { data: { workspace, apps }, text };
}
