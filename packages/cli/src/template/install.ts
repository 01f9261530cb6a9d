import { routes, sampleRowChoices } from '@fettle/contract';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { findWorkspace } from '../connection/find-workspace.ts';

/** Options of `fettle template install`. */
interface InstallOptions {
  readonly template: string;
  readonly name: string | undefined;
  readonly samples: string | undefined;
}

/** Makes an app of a template. */
export async function installTemplate(context: CommandContext, options: InstallOptions): Promise<CommandResult> {
  const { template, name, samples } = options;
  const { client } = await context.connect();
  const { id: workspaceId } = await findWorkspace(client);
  context.output.progress(`Installing ${template} …`);
  const installed = await client.call(routes.templates.install, {
    params: { workspaceId, template },
    body: {
      ...(name === undefined ? {} : { name }),
      sampleRows: sampleRowChoices.find((choice) => choice === samples) ?? 'development',
    },
  });
  const { app, needs, tables } = installed;
  const renamed = Object.entries(tables).filter(([own, here]) => own !== here);
  return {
    data: installed,
    text: [
      `${app.name} is published: /apps/${app.slug}`,
      ...renamed.map(([own, here]) => `The table ${own} is called ${here}: there was one of this name.`),
      ...(needs.length === 0 ? [] : ['To set up next:', ...needs.map(({ text }) => `  - ${text}`)]),
    ].join('\n'),
  };
}
