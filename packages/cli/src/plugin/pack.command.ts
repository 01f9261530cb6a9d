import { defineCommand } from '../command/command.ts';

/** `fettle plugin pack` */
export const packPlugin = defineCommand({
  name: 'pack',
  summary: 'Build a plugin and pack it as one file',
  description: 'The same sources give the same bytes, whenever and wherever they are packed.',
  arguments: {
    folder: { summary: 'The folder of the plugin; this one when left out', isOptional: true, completes: 'folder' },
  },
  options: {
    output: { type: 'string', short: 'o', summary: 'The file to write', placeholder: '<file>', completes: 'file' },
    sign: {
      type: 'string',
      summary: 'Sign it with this private Ed25519 key (PEM)',
      placeholder: '<key file>',
      completes: 'file',
    },
  },
  examples: [
    { line: 'fettle plugin pack', summary: 'Writes <id>-<version>.tgz' },
    { line: 'fettle plugin pack --sign acme.pem', summary: 'Signs it, so that installations know whose it is' },
  ],
  run: async (context) => (await import('./pack.ts')).packPlugin(context),
});
