import { defineCommand } from '../command/command.ts';

/** `fettle login` */
export const login = defineCommand({
  name: 'login',
  summary: 'Store the address of a server and an API key for it',
  description:
    'The key is asked for, or read from standard input with --key-stdin: on a command line others could see it. It is checked and kept in a file that only this account can read (FETTLE_CONFIG, else fettle/profiles.json in the configuration folder).',
  options: {
    url: { type: 'string', placeholder: '<url>', summary: 'Address of the server, as people open it' },
    profile: { type: 'string', placeholder: '<name>', summary: 'Name to store it under; without: "default"' },
    'key-stdin': { type: 'boolean', summary: 'Read the key from standard input' },
  },
  examples: [
    { line: 'fettle login --url https://apps.example.com', summary: 'Asks for the key' },
    {
      line: 'pass show fettle | fettle login --url https://apps.example.com --profile production --key-stdin',
      summary: 'With a key from a password store',
    },
  ],
  run: async (context) => (await import('./login.ts')).login(context, context.options),
});
