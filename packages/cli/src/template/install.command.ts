import { sampleRowChoices } from '@fettle/contract';
import { defineCommand } from '../command/command.ts';

/** `fettle template install` */
export const installTemplate = defineCommand({
  name: 'install',
  summary: 'Make an app of a template',
  description:
    'Makes its tables among the workspace’s own, sample rows where they are asked for, and the app, and publishes it: all of it, or nothing.',
  arguments: { template: { summary: 'The id of the template' } },
  options: {
    name: { type: 'string', placeholder: '<text>', summary: 'What the app is called; without: as the template is' },
    samples: {
      type: 'string',
      placeholder: '<where>',
      choices: sampleRowChoices,
      summary: 'Where sample rows go: none, development (without this option) or everywhere',
    },
  },
  isRemote: true,
  examples: [
    { line: 'fettle template install service-desk', summary: 'With sample rows in development' },
    { line: 'fettle template install service-desk --name "IT help" --samples none', summary: 'Empty' },
  ],
  run: async (context) =>
    (await import('./install.ts')).installTemplate(context, {
      ...context.options,
      template: context.arguments.template,
    }),
});
