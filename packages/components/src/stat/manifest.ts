import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
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
  keywords: ['kpi', 'metric', 'number', 'figure', 'statistic', 'count', 'sum'],
  settings: Type.Object({
    label: setting(Type.String(), { title: 'Label', default: 'Label', ui: { section: 'Content' } }),
    source: choice(['value', 'data'], {
      title: 'Value from',
      default: 'value',
      labels: { value: 'An expression', data: 'Rows' },
      ui: { editor: 'segmented', section: 'Content', bindable: false },
    }),
    value: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Value',
        description: 'A number or a text.',
        ui: {
          editor: 'expression',
          section: 'Content',
          placeholder: '{{ queries.sales.data[0].total }}',
          when: { setting: 'source', in: ['value'] },
        },
      }),
    ),
    data: dataChoice('Rows', 'Counted or summed in the database. Choose them in “Value from”.'),
    function: choice(['count', 'countDistinct', 'sum', 'average', 'minimum', 'maximum'], {
      title: 'What of them',
      default: 'count',
      labels: {
        count: 'Number of rows',
        countDistinct: 'Number of different values',
        sum: 'Sum',
        average: 'Average',
        minimum: 'Smallest',
        maximum: 'Largest',
      },
      ui: { editor: 'select', section: 'Data', bindable: false, when: { setting: 'source', in: ['data'] } },
    }),
    column: Type.Optional(
      setting(Type.String({ maxLength: 260 }), {
        title: 'Of column',
        ui: {
          editor: 'column',
          section: 'Data',
          of: 'data',
          bindable: false,
          when: { setting: 'function', notIn: ['count'] },
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
      title: 'Colour of the value',
      default: 'default',
      labels: { default: 'Default', ...toneLabels },
      ui: { editor: 'select', section: 'Look' },
    }),
    bordered: setting(Type.Boolean(), { title: 'Border', default: true, ui: { section: 'Look' } }),
  }),
  events: [{ name: 'click', title: 'Click' }],
  exposes: { value: Type.Unknown(), isLoading: Type.Boolean() },
  methods: [{ name: 'refresh', title: 'Load again' }],
  uses: {
    tables: [
      {
        setting: 'data',
        actions: ['view'],
        when: { setting: 'source', in: ['data'] },
        columns: ['column'],
        onlyNamed: true,
      },
    ],
  },
});
