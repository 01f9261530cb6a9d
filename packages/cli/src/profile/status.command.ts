import { defineCommand } from '../command/command.ts';

/** `fettle status` */
export const status = defineCommand({
  name: 'status',
  summary: 'Show which server, workspace and key commands would use',
  isRemote: true,
  examples: [{ line: 'fettle status', summary: 'Also tells whether the key still holds' }],
  run: async (context) => (await import('./status.ts')).status(context),
});
