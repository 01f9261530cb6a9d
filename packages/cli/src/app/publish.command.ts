import { defineCommand } from '../command/command.ts';
import { appOption } from './pull.command.ts';

/** `fettle app publish` */
export const publishApp = defineCommand({
  name: 'publish',
  summary: 'Make the draft on the server the live release',
  description: 'What is published is the draft on the server: push first. Refused while it has errors.',
  arguments: { folder: { summary: 'The folder of the app; without: this one', isOptional: true, completes: 'folder' } },
  options: {
    ...appOption,
    note: { type: 'string', short: 'm', placeholder: '<text>', summary: 'What the release is about' },
  },
  isRemote: true,
  examples: [{ line: 'fettle app publish -m "Priorities have colours"', summary: 'From the folder of an app' }],
  run: async (context) =>
    (await import('./releases.ts')).publishApp(context, { ...context.options, folder: context.arguments.folder }),
});
