import { defineCommand } from '../command/command.ts';

/** The option that names an app. */
export const appOption = {
  app: {
    type: 'string',
    placeholder: '<app>',
    summary: 'Address or id of the app; without: the one this folder is of',
  },
} as const;

/** `fettle app pull` */
export const pullApp = defineCommand({
  name: 'pull',
  summary: 'Write the draft of an app into a folder of JSON files',
  description:
    'The same app always gives the same bytes, so that a pull shows in version control what changed and nothing else. Local changes are never overwritten unless --force says so. What was seen is noted in .fettle, which stays out of version control; fettle.app.json names the data sources and belongs into it.',
  arguments: {
    folder: {
      summary: 'Where to; without: here, or a new folder named like the app',
      isOptional: true,
      completes: 'folder',
    },
  },
  options: {
    ...appOption,
    force: { type: 'boolean', short: 'f', summary: 'Overwrite local changes' },
  },
  isRemote: true,
  examples: [
    { line: 'fettle app pull --app service-desk', summary: 'The first time: into ./service-desk' },
    { line: 'fettle app pull', summary: 'Later, in that folder' },
  ],
  run: async (context) =>
    (await import('./pull.ts')).pullApp(context, { ...context.options, folder: context.arguments.folder }),
});
