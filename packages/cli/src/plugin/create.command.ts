import { defineCommand } from '../command/command.ts';
import { pluginKinds } from './templates/template.ts';

/** `fettle plugin create` */
export const createPlugin = defineCommand({
  name: 'create',
  summary: 'Make a project for a plugin, which builds and passes its tests at once',
  arguments: {
    id: { summary: 'Its id: small letters, digits and hyphens; the folder is called so', isOptional: true },
  },
  options: {
    kind: { type: 'string', short: 'k', summary: 'What it brings', choices: pluginKinds },
    title: { type: 'string', summary: 'Its title; made from the id when left out', placeholder: '<title>' },
  },
  examples: [
    { line: 'fettle plugin create', summary: 'Asks for what it needs to know' },
    { line: 'fettle plugin create acme-tickets --kind connector', summary: 'For scripts' },
  ],
  run: async (context) => (await import('./create.ts')).createPlugin(context),
});
