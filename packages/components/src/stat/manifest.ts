import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { measureFunctionChoice } from '../chart/chart-settings.ts';
import { numberFormatSettings } from '../number-format-settings.ts';
import { dataChoice, iconChoice, optionalText, toneLabels, tones } from '../setting-kinds.ts';

/** One number that matters. */
export const statManifest = defineComponent({
  id: 'core/stat',
  version: 1,
  title: 'Stat',
  description: 'One number that matters, with what it means and where it is heading.',
  icon: 'gauge',
  category: 'Display',
  keywords: ['kpi', 'metric', 'number', 'figure', 'statistic'],
  settings: Type.Object({
    label: setting(Type.String(), { title: 'Label', default: 'Label', ui: { section: 'Content' } }),
    value: setting(Type.Unknown(), {
      title: 'Value',
      description: 'A number or a text. With data below, the number comes from there.',
      ui: { editor: 'expression', section: 'Content', placeholder: '{{ queries.sales.data[0].total }}' },
    }),
    data: dataChoice('Data', 'Rows to count or measure, instead of a value.'),
    measure: measureFunctionChoice('Data'),
    measureColumn: Type.Optional(
      setting(Type.String({ maxLength: 260 }), {
        title: 'Column',
        ui: {
          editor: 'column',
          of: 'data',
          section: 'Data',
          bindable: false,
          when: { setting: 'measure', notIn: ['count'] },
        },
      }),
    ),
    ...numberFormatSettings('Content'),
    trend: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Change',
        description: 'A number in per cent, such as 12.5 or -3.',
        ui: { editor: 'expression', section: 'Content' },
      }),
    ),
    goodDirection: choice(['up', 'down', 'neither'], {
      title: 'What is good',
      default: 'up',
      labels: { up: 'More', down: 'Less', neither: 'Neither' },
      ui: { editor: 'segmented', section: 'Content' },
    }),
    help: optionalText('Note', { section: 'Content', description: 'A quiet line below, e.g. “since last month”.' }),
    icon: iconChoice('Look'),
    tone: choice(['default', ...tones], {
      title: 'Colour',
      description: 'May depend on the number, e.g. {{ components.overdue.value > 0 ? "danger" : "default" }}.',
      default: 'default',
      labels: { default: 'Default', ...toneLabels },
      ui: { editor: 'select', section: 'Look' },
    }),
    bordered: setting(Type.Boolean(), { title: 'Border', default: true, ui: { section: 'Look' } }),
  }),
  events: [{ name: 'click', title: 'Click' }],
  exposes: { value: Type.Unknown() },
  methods: [{ name: 'refresh', title: 'Load again' }],
  uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['measureColumn'], onlyNamed: true }] },
});
