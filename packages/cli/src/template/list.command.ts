import { defineCommand } from '../command/command.ts';

/** `fettle template list` */
export const listTemplates = defineCommand({
  name: 'list',
  summary: 'List the templates of the installation',
  isRemote: true,
  examples: [{ line: 'fettle template list', summary: 'Ids, names and what each is for' }],
  run: async (context) => (await import('./list.ts')).listTemplates(context),
});
