import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { conflict } from '@fettle/base';
import { verifyBackup, writeBackup } from '@fettle/server/maintenance';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { readPassphrase, readSettings } from './server-settings.ts';

/** Writes a backup and reads it again, or checks one. */
export async function backupServer(
  context: CommandContext,
  name: string,
  options: { readonly 'key-file': string | undefined; readonly verify: boolean },
): Promise<CommandResult> {
  const file = resolve(context.folder, name);
  if (!options.verify && existsSync(file)) {
    throw conflict({ code: 'backup.exists', message: `${file} is there already.`, hint: 'Choose another name.' });
  }
  const passphrase = await readPassphrase(context, options['key-file'], !options.verify);
  if (!options.verify) {
    const { dataFolder, databaseUrl, secret } = await readSettings(context);
    const onProgress = context.output.progress;
    await writeBackup({ dataFolder, databaseUrl, secret, file, passphrase, onProgress });
  }
  context.output.progress('Verifying …');
  const report = await verifyBackup(file, passphrase);
  const size = `${(report.bytes / 1024 / 1024).toFixed(1)} MB in ${report.entries} parts`;
  return {
    data: { file, ...report },
    text: `${file} is whole: ${size}, made at ${report.createdAt} of a Fettle on ${report.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'}.`,
  };
}
