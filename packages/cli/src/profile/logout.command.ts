import { defineCommand } from '../command/command.ts';

/** `fettle logout` */
export const logout = defineCommand({
  name: 'logout',
  summary: 'Forget a stored server and its key',
  description: 'The key itself stays valid: revoke it in the builder under Settings, API keys.',
  options: {
    profile: {
      type: 'string',
      placeholder: '<name>',
      summary: 'Which one; without: the default',
      completes: 'profile',
    },
  },
  examples: [{ line: 'fettle logout --profile production', summary: 'Removes it from the file of profiles' }],
  run: async (context) => (await import('./logout.ts')).logout(context, context.options.profile),
});
