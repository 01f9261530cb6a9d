import { routes } from '@fettle/contract';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { findWorkspace } from '../connection/find-workspace.ts';

/** Says where commands go and as whom. */
export async function status(context: CommandContext): Promise<CommandResult> {
  const { client, url } = await context.connect();
  const workspace = await findWorkspace(client);
  const { apiKey } = await client.call(routes.account.session, {});
  const key = { name: apiKey?.name ?? '', role: apiKey?.role ?? '' };
  return {
    data: { url, workspace, key },
    text: `${url}\nworkspace ${workspace.name} (${workspace.slug})\nkey "${key.name}", ${key.role}`,
  };
}
