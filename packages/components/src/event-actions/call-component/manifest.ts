import { defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Tells a component to do something. */
export const callComponentManifest = defineEventAction({
  id: 'core/call-component',
  version: 1,
  title: 'Call component',
  description: 'Tells a component of the screen to do something it offers, such as open a tab.',
  icon: 'components',
  category: 'Logic',
  keywords: ['method', 'control', 'tell'],
  settings: Type.Object({
    component: Type.Optional(
      setting(Type.String({ maxLength: 64 }), { title: 'Component', ui: { editor: 'component', bindable: false } }),
    ),
    method: Type.Optional(
      setting(Type.String({ maxLength: 64 }), {
        title: 'What to do',
        description: 'One of the methods of the component.',
        ui: { of: 'component', bindable: false, placeholder: 'select' },
      }),
    ),
    input: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 64 }), Type.Unknown()), {
        title: 'Values',
        ui: { editor: 'keyValue' },
      }),
    ),
  }),
  uses: { components: ['component'] },
  result: Type.Unknown(),
});
