import { defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Resets a form. */
export const resetFormManifest = defineEventAction({
  id: 'core/reset-form',
  version: 1,
  title: 'Reset form',
  description: 'Puts a form of the screen back to what it was.',
  icon: 'arrow-back-up',
  category: 'Data',
  keywords: ['form', 'clear'],
  settings: Type.Object({
    component: Type.Optional(
      setting(Type.String({ maxLength: 64 }), {
        title: 'Form',
        ui: { editor: 'component', types: ['core/form'], bindable: false },
      }),
    ),
  }),
  uses: { components: ['component'] },
});
