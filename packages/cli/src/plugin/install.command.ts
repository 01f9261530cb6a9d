import { defineCommand } from '../command/command.ts';

/** `fettle plugin install` */
export const installPlugin = defineCommand({
  name: 'install',
  summary: 'Install a packed plugin on a server, or update it',
  description:
    'Shows what the plugin asks for and installs it when that is agreed to. The API key must be one of an admin of the workspace.',
  isRemote: true,
  arguments: { source: { summary: 'A .tgz file, an address, or the name of a package', completes: 'file' } },
  options: { yes: { type: 'boolean', short: 'y', summary: 'Agree to all it asks for, without being asked' } },
  examples: [
    { line: 'fettle plugin install it-operations-1.0.0.tgz', summary: 'From a file' },
    { line: 'fettle plugin install @acme/it-operations@1.2.0 --yes', summary: 'From the registry of the server' },
  ],
  run: async (context) => (await import('./install.ts')).installPlugin(context),
});
