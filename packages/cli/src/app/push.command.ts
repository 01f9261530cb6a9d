import { defineCommand } from '../command/command.ts';
import { appOption } from './pull.command.ts';

/** `fettle app push` */
export const pushApp = defineCommand({
  name: 'push',
  summary: 'Replace the draft of an app by the files of a folder',
  description:
    'Everything arrives as one edit that open builders see, that stands in the history and the audit log, and that --undo takes back. When others have edited the draft since the last pull, nothing is overwritten: pull first, or say --force. Files are checked before anything is sent, and written in their canonical form afterwards.',
  arguments: { folder: { summary: 'The folder; without: this one', isOptional: true, completes: 'folder' } },
  options: {
    ...appOption,
    force: { type: 'boolean', short: 'f', summary: 'Overwrite what others have changed since the last pull' },
    undo: { type: 'boolean', summary: 'Take the last push from this folder back, unless it was built upon' },
    'dry-run': { type: 'boolean', short: 'n', summary: 'Say what would change, and change nothing' },
  },
  isRemote: true,
  examples: [
    { line: 'fettle app push', summary: 'From the folder of an app' },
    {
      line: 'fettle app push apps/service-desk --app service-desk --force',
      summary: 'From a pipeline, where the repository is what counts',
    },
  ],
  run: async (context) =>
    (await import('./push.ts')).pushApp(context, { ...context.options, folder: context.arguments.folder }),
});
