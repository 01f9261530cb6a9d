import { choice, setting } from '@fettle/sdk';
import type { ExtensionUses } from '@fettle/definition';
import { Type } from 'typebox';
import { dataChoice } from '../setting-kinds.ts';

/** Where the options of an input come from. */
export const optionSettings = {
  optionsFrom: choice(['list', 'data', 'column'], {
    title: 'Options from',
    default: 'list',
    labels: { list: 'A list', data: 'Rows', column: 'The column' },
    ui: { editor: 'segmented', section: 'Options', bindable: false },
  }),
  options: setting(
    Type.Array(Type.Object({ value: Type.String(), label: Type.Optional(Type.String()) }), { maxItems: 1000 }),
    {
      title: 'Options',
      default: [
        { value: 'one', label: 'One' },
        { value: 'two', label: 'Two' },
      ],
      ui: { editor: 'options', section: 'Options', when: { setting: 'optionsFrom', in: ['list'] } },
    },
  ),
  data: dataChoice('Rows', 'Each row is an option. For tables with many rows use the relation input.'),
  valueColumn: setting(Type.String({ maxLength: 128 }), {
    title: 'Value column',
    default: '',
    ui: {
      editor: 'column',
      section: 'Options',
      of: 'data',
      bindable: false,
      when: { setting: 'optionsFrom', in: ['data'] },
    },
  }),
  labelColumn: setting(Type.String({ maxLength: 128 }), {
    title: 'Label column',
    default: '',
    ui: {
      editor: 'column',
      section: 'Options',
      of: 'data',
      bindable: false,
      when: { setting: 'optionsFrom', in: ['data'] },
    },
  }),
};

/** The rights that options from a table ask for. */
export const optionUses: ExtensionUses = {
  tables: [
    {
      setting: 'data',
      actions: ['view'],
      when: { setting: 'optionsFrom', in: ['data'] },
      columns: ['valueColumn', 'labelColumn'],
    },
  ],
};
