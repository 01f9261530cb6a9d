import { defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Opens a modal or drawer. */
export const openModalManifest = defineEventAction({
  id: 'core/open-modal',
  version: 1,
  title: 'Open modal',
  description: 'Opens a modal or drawer of the screen.',
  icon: 'browser',
  category: 'Navigation',
  keywords: ['dialog', 'drawer', 'popup', 'show'],
  settings: Type.Object({
    component: Type.Optional(
      setting(Type.String({ maxLength: 64 }), {
        title: 'Modal or drawer',
        ui: { editor: 'component', types: ['core/modal', 'core/drawer'], bindable: false },
      }),
    ),
    input: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()), {
        title: 'Values for it',
        description: 'What is inside finds them under components.<name>.input.',
        ui: { editor: 'keyValue', advanced: true },
      }),
    ),
  }),
  uses: { components: ['component'] },
});
