import { defineCommand } from '../command/command.ts';

/** `fettle server rotate-keys` */
export const rotateKeysCommand = defineCommand({
  name: 'rotate-keys',
  summary: 'Seal all stored secrets with a new key',
  description:
    'Stop the servers first. Where the key is in the data folder a new one is made; where it is FETTLE_SECRET, give the new one as FETTLE_NEW_SECRET and set FETTLE_SECRET to it afterwards. All secrets are sealed anew, or none. Everybody has to sign in again, and links in e-mails that wait for an answer no longer hold.',
  examples: [
    { line: 'fettle server rotate-keys', summary: 'With the key in the data folder' },
    {
      line: 'FETTLE_NEW_SECRET="$(openssl rand -base64 48)" fettle server rotate-keys',
      summary: 'With a key in the settings',
    },
  ],
  run: async (context) => {
    const { rotateKeys } = await import('@fettle/server/maintenance');
    const { readSettings } = await import('./server-settings.ts');
    const { dataFolder, databaseUrl, secret } = await readSettings(context);
    const nextSecret = context.environment['FETTLE_NEW_SECRET'];
    const { sealedAnew } = await rotateKeys({ dataFolder, databaseUrl, secret, nextSecret });
    const next = secret === undefined ? '' : ' Set FETTLE_SECRET to the new key before you start the server.';
    return { data: { sealedAnew }, text: `${sealedAnew} secrets were sealed with the new key.${next}` };
  },
});
