import { themeSchema } from '@fettle/definition';
import { commandSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';

/** Sets the theme as a whole. */
export const themeSet = defineCommand({
  type: 'theme.set',
  title: 'Change theme',
  schema: commandSchema('theme.set', { theme: themeSchema }),
  value: 'theme',
  apply({ draft }, { theme }) {
    draft.theme = theme;
  },
  touches: () => ['/theme'],
});
