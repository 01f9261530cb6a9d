import { defineCommand } from '../command/command.ts';
import { keyFileOption } from './backup.command.ts';

/** `fettle server restore` */
export const restoreServer = defineCommand({
  name: 'restore',
  summary: 'Put a backup in the place of what is on this machine',
  description:
    'Stop the servers first. Everything is built beside what is there, checked, and takes its place by one step: whatever is cut off when, all of the old is there or all of the new. A host with a key of its own keeps it, and stored secrets are sealed with it; otherwise the key of the backup holds. What is replaced in the data folder is kept beside it as replaced-….',
  arguments: { file: { summary: 'The backup', completes: 'file' } },
  options: { ...keyFileOption, force: { type: 'boolean', short: 'f', summary: 'Replace a Fettle that is there' } },
  examples: [
    { line: 'FETTLE_DATA_DIR=/var/lib/fettle fettle server restore fettle.backup', summary: 'On a new machine' },
    { line: 'fettle server restore fettle.backup --force --key-file backup.key', summary: 'In place of what is there' },
  ],
  run: async (context) =>
    (await import('./restore.ts')).restoreServer(context, context.arguments.file, context.options),
});
