import { defineCommand } from '../command/command.ts';

/** `fettle server create-owner` */
export const createOwnerCommand = defineCommand({
  name: 'create-owner',
  summary: 'Make the first owner, without the token of the log',
  description:
    'The password is asked for, or read from FETTLE_OWNER_PASSWORD. Once, on an installation that waits for its owner.',
  options: {
    email: { type: 'string', placeholder: '<e-mail>', summary: 'E-mail address of the owner' },
    name: { type: 'string', placeholder: '<name>', summary: 'Their name; without: the part before the @' },
    workspace: { type: 'string', placeholder: '<name>', summary: 'Name of the first workspace; without: "Workspace"' },
  },
  examples: [
    { line: 'fettle server create-owner --email it@example.com --workspace IT', summary: 'Asks for the password' },
  ],
  run: async (context) => (await import('./create-owner.ts')).createFirstOwner(context, context.options),
});
