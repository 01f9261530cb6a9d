import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { AppError, labelFromName } from '@fettle/base';
import { sdkVersion } from '@fettle/sdk/plugin';
import type { ArgumentSpecs, CommandContext, CommandResult, OptionSpecs } from '../command/command.ts';
import { componentTemplate } from './templates/component.ts';
import { connectorTemplate } from './templates/connector.ts';
import { eventActionTemplate } from './templates/event-action.ts';
import { flowActionTemplate } from './templates/flow-action.ts';
import { flowTriggerTemplate } from './templates/flow-trigger.ts';
import { functionTemplate } from './templates/function.ts';
import { projectFiles } from './templates/project-files.ts';
import { pluginKinds, type PluginKind, type TemplateFacts } from './templates/template.ts';

const templates = {
  component: componentTemplate,
  'event-action': eventActionTemplate,
  'flow-action': flowActionTemplate,
  'flow-trigger': flowTriggerTemplate,
  connector: connectorTemplate,
  function: functionTemplate,
} as const;

/** Makes the project of a plugin in a new folder. */
export async function createPlugin(context: CommandContext<OptionSpecs, ArgumentSpecs>): Promise<CommandResult> {
  const { output, options } = context;
  const id =
    (context.arguments['id'] as string | undefined) ?? (await output.ask('Id of the plugin (such as acme-tickets):'));
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id))
    throw new AppError('input', {
      code: 'usage.plugin-id',
      message: `"${id}" cannot be the id of a plugin.`,
      hint: 'Use small letters, digits and single hyphens, beginning with a letter: acme-tickets',
    });
  const asked =
    (options['kind'] as string | undefined) ?? (await output.ask(`What does it bring? (${pluginKinds.join(', ')})`));
  const kind = pluginKinds.find((one) => one === asked);
  if (kind === undefined)
    throw new AppError('input', {
      code: 'usage.plugin-kind',
      message: `"${asked}" is none of what plugins bring.`,
      hint: `Choose one of: ${pluginKinds.join(', ')}`,
    });
  const folder = resolve(context.folder, id);
  await assertFree(folder);
  const title = (options['title'] as string | undefined) ?? titleOf(id);
  const files = filesOf(kind, { id, title, sdk: `^${sdkVersion}` });
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { flag: 'wx' });
  }
  const here = relative(context.folder, folder);
  return {
    data: { folder, kind, id, files: files.map(([path]) => path) },
    text: [
      `Made ${here}. Next:`,
      `  cd ${here}`,
      '  fettle plugin test',
      '  fettle plugin pack',
      '  fettle plugin install *.tgz',
    ].join('\n'),
  };
}

function filesOf(kind: PluginKind, facts: TemplateFacts): readonly (readonly [string, string])[] {
  const template = templates[kind](facts);
  return [...projectFiles(facts, template), ...template.files];
}

async function assertFree(folder: string): Promise<void> {
  const there = await readdir(folder).catch(() => []);
  if (there.length === 0) return;
  throw new AppError('conflict', {
    code: 'local.folder-taken',
    message: `${folder} is there already and not empty.`,
    hint: 'Choose another id, or move the folder away.',
  });
}

function titleOf(id: string): string {
  return labelFromName(id.replaceAll('-', '_'));
}
