import { defineCommand } from '../command/command.ts';
import { appOption } from './pull.command.ts';

/** `fettle app rollback` */
export const rollbackApp = defineCommand({
  name: 'rollback',
  summary: 'Make an older release live again',
  description: 'The draft stays as it is. Without --to it is the release before the live one.',
  arguments: { folder: { summary: 'The folder of the app; without: this one', isOptional: true, completes: 'folder' } },
  options: {
    ...appOption,
    to: { type: 'string', placeholder: '<number>', summary: 'Number of the release' },
  },
  isRemote: true,
  examples: [
    { line: 'fettle app rollback', summary: 'One release back' },
    { line: 'fettle app rollback --app service-desk --to 7', summary: 'To a certain one' },
  ],
  run: async (context) =>
    (await import('./releases.ts')).rollbackApp(context, { ...context.options, folder: context.arguments.folder }),
});
