import { defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Submits a form. */
export const submitFormManifest = defineEventAction({
  id: 'core/submit-form',
  version: 1,
  title: 'Submit form',
  description: 'Checks and saves a form of the screen, as its own button does.',
  icon: 'send',
  category: 'Data',
  keywords: ['form', 'save'],
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
