import { defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Sets a state variable. */
export const setStateManifest = defineEventAction({
  id: 'core/set-state',
  version: 1,
  title: 'Set state',
  description: 'Gives a state variable of the app or the screen a new value.',
  icon: 'variable',
  category: 'Logic',
  keywords: ['variable', 'value', 'remember'],
  settings: Type.Object({
    variable: Type.Optional(
      setting(Type.String({ maxLength: 64 }), { title: 'Variable', ui: { editor: 'state', bindable: false } }),
    ),
    value: Type.Optional(setting(Type.Unknown(), { title: 'Value', ui: { editor: 'expression' } })),
  }),
  uses: { states: ['variable'] },
});
