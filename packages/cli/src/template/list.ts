import { routes } from '@fettle/contract';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { columns } from '../command/columns.ts';
import { findWorkspace } from '../connection/find-workspace.ts';

/** Lists the templates that apps can be made from. */
export async function listTemplates(context: CommandContext): Promise<CommandResult> {
  const { client } = await context.connect();
  const { id: workspaceId } = await findWorkspace(client);
  const { templates } = await client.call(routes.templates.list, { params: { workspaceId } });
  const rows = templates.map(({ id, name, category, summary }) => [id, name, category, summary]);
  const text =
    templates.length === 0
      ? 'This installation has no templates.'
      : columns(['TEMPLATE', 'NAME', 'CATEGORY', 'WHAT IT IS FOR'], rows);
  return { data: { templates }, text };
}
