import { defineCommand } from '../command/command.ts';

/** `fettle app import` */
export const importApp = defineCommand({
  name: 'import',
  summary: 'Make a new app out of an archive or folder',
  description:
    'Data sources that the workspace does not have are matched by name. Where that is not clear, the command asks; without a terminal it ends and lists the --map options to give.',
  arguments: { source: { summary: 'The archive (.zip) or folder', completes: 'file' } },
  options: {
    name: { type: 'string', placeholder: '<name>', summary: 'Name of the new app; without: as it is called there' },
    map: {
      type: 'string',
      placeholder: '<theirs=ours>',
      summary: 'Which of our data sources takes the place of theirs, by name or id',
      isRepeated: true,
    },
  },
  isRemote: true,
  examples: [
    { line: 'fettle app import service-desk.zip', summary: 'Data sources are found by name' },
    {
      line: 'fettle app import service-desk.zip --map "Orders=Orders (test)" --name "Desk (test)"',
      summary: 'Said explicitly',
    },
  ],
  run: async (context) =>
    (await import('./import.ts')).importApp(context, { ...context.options, source: context.arguments.source }),
});
