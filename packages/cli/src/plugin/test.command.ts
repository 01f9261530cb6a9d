import { defineCommand } from '../command/command.ts';

/** `fettle plugin test` */
export const testPlugin = defineCommand({
  name: 'test',
  summary: 'Run the tests of a plugin, the contract of its kind among them',
  arguments: {
    folder: { summary: 'The folder of the plugin; this one when left out', isOptional: true, completes: 'folder' },
  },
  options: { watch: { type: 'boolean', short: 'w', summary: 'Run them again whenever a file is saved' } },
  exitCodes: { 1: 'A test failed.' },
  examples: [{ line: 'fettle plugin test', summary: 'Runs every *.test.ts below src' }],
  run: async (context) => (await import('./test.ts')).testPlugin(context),
});
