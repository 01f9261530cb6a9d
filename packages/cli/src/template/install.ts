import { randomText } from '@fettle/base';
import { routes, sampleRowChoices, type InstallStep, type InstallUnderWay } from '@fettle/contract';
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
  const watchKey = randomText(20);
  const stop = tellSteps(context, () => client.call(routes.templates.installs, { params: { workspaceId } }), watchKey);
  const installed = await client
    .call(routes.templates.install, {
      params: { workspaceId, template },
      body: {
        ...(name === undefined ? {} : { name }),
        sampleRows: sampleRowChoices.find((choice) => choice === samples) ?? 'development',
        watchKey,
      },
    })
    .finally(stop);
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

const everyMs = 300;

const words: Readonly<Record<InstallStep, string>> = {
  tables: 'Making the tables',
  rows: 'Storing sample rows',
  app: 'Making the app',
  publish: 'Testing and publishing it',
};

/** Says each step once, as it is reached. Answers how to stop. */
function tellSteps(
  { output }: CommandContext,
  look: () => Promise<{ readonly installs: readonly InstallUnderWay[] }>,
  watchKey: string,
): () => void {
  let told = '';
  let isStopped = false;
  const tell = (step: InstallStep, environment?: string): void => {
    const text = `${words[step]}${environment === undefined ? '' : ` in ${environment}`} …`;
    if (text !== told && !isStopped) output.progress(text);
    told = text;
  };
  tell('tables');
  const timer = setInterval(() => {
    look()
      .then(({ installs }) => {
        const mine = installs.find((install) => install.watchKey === watchKey);
        if (mine !== undefined) tell(mine.step, mine.environment);
      })
      // How far it is says nothing about how it ends.
      .catch(() => undefined);
  }, everyMs);
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
