import { defineCommand } from '../command/command.ts';

/** `fettle plugin build` */
export const buildPlugin = defineCommand({
  name: 'build',
  summary: 'Build a plugin into the folder dist',
  arguments: {
    folder: { summary: 'The folder of the plugin; this one when left out', isOptional: true, completes: 'folder' },
  },
  examples: [{ line: 'fettle plugin build', summary: 'Builds the plugin of this folder' }],
  run: async (context) => (await import('./build.ts')).buildPlugin(context),
});
