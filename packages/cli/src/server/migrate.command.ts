import { defineCommand } from '../command/command.ts';

/** `fettle server migrate` */
export const migrateServer = defineCommand({
  name: 'migrate',
  summary: 'Bring the metadata store up to date',
  description:
    'A start does the same. Everything that is to be done happens in one transaction: whatever is cut off when, the store is as it was or up to date.',
  examples: [{ line: 'fettle server migrate', summary: 'Before new servers are started' }],
  run: async (context) => {
    const { migrateStore } = await import('@fettle/server/maintenance');
    const { readSettings } = await import('./server-settings.ts');
    const ran = await migrateStore(await readSettings(context));
    return { data: { ran }, text: ran.length === 0 ? 'The metadata store is up to date.' : `Done: ${ran.join(', ')}.` };
  },
});
