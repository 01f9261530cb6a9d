import { resolve } from 'node:path';
import { restoreBackup } from '@fettle/server/maintenance';
import type { CommandContext, CommandResult } from '../command/command.ts';
import { readPassphrase, readSettings } from './server-settings.ts';

/** Restores a backup. */
export async function restoreServer(
  context: CommandContext,
  name: string,
  options: { readonly 'key-file': string | undefined; readonly force: boolean },
): Promise<CommandResult> {
  const file = resolve(context.folder, name);
  const passphrase = await readPassphrase(context, options['key-file'], false);
  const { dataFolder, databaseUrl, secret } = await readSettings(context);
  const onProgress = context.output.progress;
  const report = await restoreBackup({
    dataFolder,
    databaseUrl,
    secret,
    file,
    passphrase,
    force: options.force,
    onProgress,
  });
  const sealed = report.sealedAnew === 0 ? '' : ` ${report.sealedAnew} secrets were sealed with the key of this host.`;
  return {
    data: { file, dataFolder: resolve(dataFolder), ...report },
    text: `Restored the backup of ${report.createdAt}.${sealed} Start the server: fettle server start`,
  };
}
