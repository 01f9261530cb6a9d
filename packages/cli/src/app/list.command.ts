import { defineCommand } from '../command/command.ts';

/** `fettle app list` */
export const listApps = defineCommand({
  name: 'list',
  summary: 'List the apps of the workspace',
  isRemote: true,
  examples: [
    { line: 'fettle app list', summary: 'Names, addresses, revisions and what is live' },
    { line: "fettle app list --json | jq '.apps[].slug'", summary: 'For scripts' },
  ],
  run: async (context) => (await import('./list.ts')).listApps(context),
});
