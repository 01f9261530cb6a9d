import { defineCommand } from '../command/command.ts';

/** `fettle plugin dev` */
export const devPlugin = defineCommand({
  name: 'dev',
  summary: 'Build a plugin whenever a file is saved, and install it on a server at once',
  description:
    'The server must allow the folder of the plugin (FETTLE_PLUGIN_DIRS), and the API key be one of an admin. What it asks for is agreed to: it is your own.',
  isRemote: true,
  arguments: {
    folder: { summary: 'The folder of the plugin; this one when left out', isOptional: true, completes: 'folder' },
  },
  examples: [{ line: 'fettle plugin dev', summary: 'Until it is interrupted' }],
  run: async (context) => (await import('./dev.ts')).devPlugin(context),
});
