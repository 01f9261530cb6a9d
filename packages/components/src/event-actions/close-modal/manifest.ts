import { defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Closes a modal or drawer. */
export const closeModalManifest = defineEventAction({
  id: 'core/close-modal',
  version: 1,
  title: 'Close modal',
  description: 'Closes a modal or drawer of the screen.',
  icon: 'x',
  category: 'Navigation',
  keywords: ['dialog', 'drawer', 'popup', 'hide'],
  settings: Type.Object({
    component: Type.Optional(
      setting(Type.String({ maxLength: 64 }), {
        title: 'Modal or drawer',
        ui: { editor: 'component', types: ['core/modal', 'core/drawer'], bindable: false },
      }),
    ),
  }),
  uses: { components: ['component'] },
});
