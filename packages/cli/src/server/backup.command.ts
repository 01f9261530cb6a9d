import { defineCommand } from '../command/command.ts';

/** The option that names a key file. */
export const keyFileOption = {
  'key-file': {
    type: 'string',
    placeholder: '<file>',
    summary: 'File with the passphrase; without: FETTLE_BACKUP_PASSPHRASE, else it is asked for',
    completes: 'file',
  },
} as const;

/** `fettle server backup` */
export const backupServer = defineCommand({
  name: 'backup',
  summary: 'Write everything of the server on this machine into one encrypted file, while it goes on',
  description:
    'Metadata, internal tables, files and the key of stored secrets: each database as it is at one moment. Where the data is say FETTLE_DATA_DIR, DATABASE_URL and FETTLE_SECRET, as for the server itself. The file is encrypted with AES-256-GCM under a key made of the passphrase by scrypt; without the passphrase nobody can read it, and nobody can help. With --verify a backup is read from end to end and nothing is written.',
  arguments: { file: { summary: 'The backup to write', completes: 'file' } },
  options: { ...keyFileOption, verify: { type: 'boolean', summary: 'Check an existing backup instead' } },
  examples: [
    {
      line: 'fettle server backup /backups/fettle-$(date +%F).backup --key-file /etc/fettle/backup.key',
      summary: 'Every night',
    },
    { line: 'fettle server backup fettle.backup --verify', summary: 'Is it whole, and is this the passphrase?' },
  ],
  run: async (context) => (await import('./backup.ts')).backupServer(context, context.arguments.file, context.options),
});
