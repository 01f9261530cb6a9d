import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Any value as a tree. */
export const jsonViewManifest = defineComponent({
  id: 'core/json-view',
  version: 1,
  title: 'JSON',
  description: 'Any value as a tree that folds: answers of services, settings, logs.',
  icon: 'code',
  category: 'Data',
  keywords: ['object', 'tree', 'inspect', 'debug'],
  settings: Type.Object({
    value: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Value',
        ui: { editor: 'expression', section: 'Data', placeholder: '{{ queries.status.data }}' },
      }),
    ),
    openLevels: setting(Type.Integer({ minimum: 0, maximum: 10 }), {
      title: 'Levels open at first',
      default: 2,
      ui: { section: 'Look' },
    }),
    maxHeight: Type.Optional(
      setting(Type.Integer({ minimum: 80, maximum: 2000 }), {
        title: 'Height at most, in pixels',
        default: 400,
        ui: { section: 'Look' },
      }),
    ),
  }),
});
