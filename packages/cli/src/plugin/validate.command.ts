import { defineCommand } from '../command/command.ts';

/** `fettle plugin validate` */
export const validatePlugin = defineCommand({
  name: 'validate',
  summary: 'Check the manifest and the code of a plugin, or a packed one',
  arguments: {
    place: {
      summary: 'The folder of a plugin, or a .tgz file; this folder when left out',
      isOptional: true,
      completes: 'file',
    },
  },
  exitCodes: { 1: 'Something is wrong with it.' },
  examples: [
    { line: 'fettle plugin validate', summary: 'Checks the plugin of this folder' },
    { line: 'fettle plugin validate it-operations-1.0.0.tgz', summary: 'Checks an archive before it is installed' },
  ],
  run: async (context) => (await import('./validate.ts')).validatePlugin(context),
});
