import { defineCommand } from '../command/command.ts';
import { appOption } from './pull.command.ts';

/** `fettle app test` */
export const testApp = defineCommand({
  name: 'test',
  summary: 'Run the tests of the flows of the draft on the server',
  description:
    'Nothing outside is touched: what steps would do is given by the mocks of each test. Push first: what is tested is the draft on the server.',
  arguments: { folder: { summary: 'The folder of the app; without: this one', isOptional: true, completes: 'folder' } },
  options: {
    ...appOption,
    flow: { type: 'string', placeholder: '<id>', summary: 'Only the tests of this flow' },
  },
  isRemote: true,
  exitCodes: { 1: 'A test failed.' },
  examples: [{ line: 'fettle app test', summary: 'In a pipeline, between push and publish' }],
  run: async (context) =>
    (await import('./test.ts')).testApp(context, { ...context.options, folder: context.arguments.folder }),
});
