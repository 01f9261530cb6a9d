import { defineCommand } from '../command/command.ts';

/** `fettle server doctor` */
export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Look at everything the server on this machine stands on, and say what to do',
  description:
    'Settings, runtime, data folder and permissions, disk, database, migrations, key, clock, whether the server answers, mail, and addresses it should reach. Nothing is changed.',
  options: {
    outbound: {
      type: 'string',
      placeholder: '<url>',
      summary: 'An address that this host should reach',
      isRepeated: true,
    },
  },
  exitCodes: { 1: 'Something failed.' },
  examples: [
    { line: 'fettle server doctor', summary: 'With the settings of the server in the environment' },
    { line: 'fettle server doctor --outbound https://api.example.com --json', summary: 'For monitoring' },
  ],
  run: async (context) => (await import('./doctor.ts')).examineServer(context, context.options.outbound),
});
