import { defineCommand } from '../command/command.ts';

/** `fettle app validate` */
export const validateApp = defineCommand({
  name: 'validate',
  summary: 'Check every definition, binding and reference of a folder, with file, line and column',
  description:
    'Documents are checked against their schemas, and with one another: bindings, settings, references, rules, schedules and triggers. With a server, data sources, tables and columns are checked against its databases too, in settings, filters and expressions (`components.list.selected.nmae`), as are values that a column cannot hold, and what plugins bring against the schemas of those that are installed there. One faulty document keeps none of the others from being checked.',
  arguments: { folder: { summary: 'The folder; without: this one', isOptional: true, completes: 'folder' } },
  options: {
    offline: {
      type: 'boolean',
      summary: 'Call no server: tables, columns, queries and what plugins bring are not checked',
    },
    strict: { type: 'boolean', summary: 'End with 1 for warnings too' },
  },
  isRemote: true,
  exitCodes: { 1: 'There are errors, or with --strict warnings.' },
  examples: [
    { line: 'fettle app validate', summary: 'With the server of this folder' },
    { line: 'fettle app validate apps/service-desk --offline --json', summary: 'In a pipeline, without a server' },
  ],
  run: async (context) =>
    (await import('./validate.ts')).validateApp(context, { ...context.options, folder: context.arguments.folder }),
});
