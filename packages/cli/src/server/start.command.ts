import { defineCommand } from '../command/command.ts';

/** `fettle server start` */
export const startServer = defineCommand({
  name: 'start',
  summary: 'Run the server on this machine',
  description:
    'Its settings are environment variables: docs/settings.md. It ends when it is asked to, like any service.',
  examples: [{ line: 'PORT=8080 FETTLE_DATA_DIR=/var/lib/fettle fettle server start', summary: 'On another port' }],
  run: async (context) => (await import('./start.ts')).startServer(context),
});
