import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { fieldEvents, fieldMethods, fieldSettings, placeholderSetting } from '../inputs/field-settings.ts';
import { dataChoice } from '../setting-kinds.ts';

/** Chooses a row of a table by typing; the value is the row’s key. */
export const relationInputManifest = defineComponent({
  id: 'core/relation-input',
  version: 1,
  title: 'Relation input',
  description: 'Chooses a row of a table by typing; the value is the row’s key.',
  icon: 'arrow-up-right-circle',
  category: 'Inputs',
  keywords: ['lookup', 'reference', 'foreign key', 'picker', 'autocomplete'],
  isInput: true,
  settings: Type.Object({
    ...fieldSettings,
    data: dataChoice('Rows to choose from', 'Found from the foreign key of the column when empty.'),
    keyColumn: setting(Type.String({ maxLength: 128 }), {
      title: 'Value column',
      description: 'The primary key when empty.',
      default: '',
      ui: { section: 'Data', editor: 'column', of: 'data', bindable: false },
    }),
    labelColumn: setting(Type.String({ maxLength: 128 }), {
      title: 'Label column',
      description: 'The column that names a row when empty.',
      default: '',
      ui: { section: 'Data', editor: 'column', of: 'data', bindable: false },
    }),
    placeholder: placeholderSetting,
    defaultValue: Type.Optional(
      setting(Type.Unknown(), { title: 'Default value', ui: { section: 'Field', editor: 'expression' } }),
    ),
  }),
  events: fieldEvents,
  exposes: { value: Type.Unknown(), label: Type.String() },
  methods: fieldMethods,
  uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['keyColumn', 'labelColumn'] }] },
});
