import { appDocumentSchema } from '@fettle/definition';
import { commandSchema } from '../command-schemas.ts';
import { defineCommand } from '../define-command.ts';

/** Sets the navigation as a whole. */
export const navigationSet = defineCommand({
  type: 'navigation.set',
  title: 'Change navigation',
  schema: commandSchema('navigation.set', { navigation: appDocumentSchema.properties.navigation }),
  value: 'navigation',
  apply({ draft }, { navigation }) {
    draft.app.navigation = navigation;
  },
  touches: () => ['/app/navigation'],
});
