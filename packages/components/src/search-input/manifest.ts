import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** A box to search with: its value waits until typing pauses. */
export const searchInputManifest = defineComponent({
  id: 'core/search-input',
  version: 1,
  title: 'Search input',
  description: 'A box to search with. Bind a table’s search text to its value.',
  icon: 'search',
  category: 'Inputs',
  keywords: ['find', 'filter', 'query'],
  settings: Type.Object({
    label: setting(Type.String({ maxLength: 200 }), { title: 'Label', default: '', ui: { section: 'Field' } }),
    placeholder: setting(Type.String({ maxLength: 200 }), {
      title: 'Placeholder',
      default: 'Search',
      ui: { section: 'Field' },
    }),
    defaultValue: setting(Type.String(), { title: 'Default value', default: '', ui: { section: 'Field' } }),
    delay: setting(Type.Integer({ minimum: 0, maximum: 5000 }), {
      title: 'Delay (ms)',
      description: 'How long typing must pause before the value follows.',
      default: 300,
      ui: { section: 'Field', advanced: true },
    }),
    disabled: setting(Type.Boolean(), { title: 'Disabled', default: false, ui: { section: 'Field' } }),
  }),
  events: [{ name: 'change', title: 'Change', payload: Type.Object({ value: Type.String() }) }],
  exposes: { value: Type.String() },
  methods: [
    { name: 'setValue', title: 'Set value' },
    { name: 'clear', title: 'Clear' },
    { name: 'focus', title: 'Focus' },
  ],
});
