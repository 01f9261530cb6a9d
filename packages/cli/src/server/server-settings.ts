import { readFile } from 'node:fs/promises';
import { inputError } from '@fettle/base';
import type { Config } from '@fettle/server/maintenance';
import type { CommandContext } from '../command/command.ts';

/** Variables that are meant for the command and are no settings of a server. */
const ours = [
  'FETTLE_URL',
  'FETTLE_API_KEY',
  'FETTLE_CONFIG',
  'FETTLE_DEBUG',
  'FETTLE_BACKUP_PASSPHRASE',
  'FETTLE_NEW_SECRET',
];

/** The environment of a server: without what is meant for the command. */
export function serverEnvironment(environment: CommandContext['environment']): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ours.includes(name)));
}

/** The settings of the server on this machine, checked as it does at its start. */
export async function readSettings({ environment }: CommandContext): Promise<Config> {
  const { loadConfig } = await import('@fettle/server/maintenance');
  return loadConfig(serverEnvironment(environment));
}

/** The passphrase of a backup: from a key file, the environment, or asked for. */
export async function readPassphrase(
  { environment, output }: CommandContext,
  keyFile: string | undefined,
  isNew: boolean,
): Promise<string> {
  if (keyFile !== undefined) {
    const text = await readFile(keyFile, 'utf8').catch((cause: unknown) => {
      throw inputError({
        code: 'file.cannot-read',
        message: `The key file ${keyFile} cannot be read.`,
        hint: 'Check its name and its permissions.',
        cause,
      });
    });
    return longEnough(text.trim());
  }
  const given = environment['FETTLE_BACKUP_PASSPHRASE'];
  if (given !== undefined && given !== '') return longEnough(given);
  const asked = longEnough(
    await output.ask('Passphrase of the backup (--key-file or FETTLE_BACKUP_PASSPHRASE):', { isHidden: true }),
  );
  if (isNew && (await output.ask('Once more:', { isHidden: true })) !== asked) {
    throw inputError({ code: 'backup.passphrase-differs', message: 'The two are not the same.' });
  }
  return asked;
}

function longEnough(passphrase: string): string {
  if (passphrase.length >= 12) return passphrase;
  throw inputError({
    code: 'backup.passphrase-short',
    message: 'The passphrase is shorter than 12 characters.',
    hint: 'Use a long sentence, or a key file: openssl rand -base64 48 > backup.key',
  });
}
