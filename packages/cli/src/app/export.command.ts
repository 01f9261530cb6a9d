import { defineCommand } from '../command/command.ts';
import { appOption } from './pull.command.ts';

/** `fettle app export` */
export const exportApp = defineCommand({
  name: 'export',
  summary: 'Write the draft of an app into one archive, or into a folder',
  description:
    'A name that ends with .zip gives an archive, anything else a folder. Both hold the same files; the same app always gives the same bytes. Secrets and rows are in neither.',
  arguments: { target: { summary: 'The archive (.zip) or folder to write', completes: 'file' } },
  options: { ...appOption, force: { type: 'boolean', short: 'f', summary: 'Overwrite what is there' } },
  isRemote: true,
  examples: [
    { line: 'fettle app export service-desk.zip --app service-desk', summary: 'As an archive' },
    { line: 'fettle app export copies/service-desk --app service-desk', summary: 'As a folder' },
  ],
  run: async (context) =>
    (await import('./export.ts')).exportApp(context, { ...context.options, target: context.arguments.target }),
});
