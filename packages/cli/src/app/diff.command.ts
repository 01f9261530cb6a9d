import { defineCommand } from '../command/command.ts';
import { changeFormats } from './describe-changes.ts';
import { appOption } from './pull.command.ts';

/** `fettle app diff` */
export const diffApp = defineCommand({
  name: 'diff',
  summary: 'Say in words what differs between a folder and the draft on the server',
  description:
    'What pushing the folder would change: who may do what first, then screens, components, settings, queries and flows. With --with two folders are compared and no server is called; with --live the draft is compared with the live release: what publishing would change.',
  arguments: { folder: { summary: 'The folder; without: this one', isOptional: true, completes: 'folder' } },
  options: {
    ...appOption,
    with: {
      type: 'string',
      placeholder: '<folder>',
      summary: 'Compare with this folder: from it to the first',
      completes: 'folder',
    },
    live: { type: 'boolean', summary: 'Compare the draft on the server with the live release' },
    format: { type: 'string', summary: 'How to show it; without: text', choices: changeFormats },
    'exit-code': { type: 'boolean', summary: 'End with 1 when there are differences' },
  },
  isRemote: true,
  exitCodes: { 1: 'There are differences, and --exit-code was given.' },
  examples: [
    { line: 'fettle app diff', summary: 'What a push would change' },
    { line: 'fettle app diff --live --format markdown', summary: 'What publishing would change, for a pull request' },
    { line: 'fettle app diff new --with old --exit-code', summary: 'Two folders, without a server' },
  ],
  run: async (context) =>
    (await import('./diff.ts')).diffApp(context, { ...context.options, folder: context.arguments.folder }),
});
