import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { numberFormatSettings } from '../number-format-settings.ts';
import { dataChoice, optionalText, perRowText } from '../setting-kinds.ts';

const cellNames = ['row', 'column', 'value'] as const;

function axisColumn(title: string, description: string) {
  return Type.Optional(
    setting(Type.String({ maxLength: 260 }), {
      title,
      description,
      ui: { editor: 'column', section: 'Data', of: 'data', bindable: false },
    }),
  );
}

function axisValues(title: string, description: string) {
  return setting(
    Type.Array(
      Type.Object({
        value: setting(Type.String({ maxLength: 200 }), { title: 'Value' }),
        label: Type.Optional(setting(Type.String({ maxLength: 200 }), { title: 'Label' })),
      }),
      { maxItems: 60 },
    ),
    { title, description, default: [], ui: { section: 'Data' } },
  );
}

/** Rows counted or summed in the cells of two columns. */
export const matrixManifest = defineComponent({
  id: 'core/matrix',
  version: 1,
  title: 'Matrix',
  description: 'Rows counted or summed where the values of two columns cross: a risk matrix, a heat map, a workload.',
  icon: 'grid-dots',
  category: 'Data',
  keywords: ['heat map', 'heatmap', 'risk', 'pivot', 'cross table', 'crosstab'],
  settings: Type.Object({
    data: dataChoice(),
    rowColumn: axisColumn('Down', 'One line for each value of this column.'),
    columnColumn: axisColumn('Across', 'One column of cells for each value of this column.'),
    columnBucket: choice(['none', 'year', 'quarter', 'month', 'week', 'day'], {
      title: 'Dates across by',
      description:
        'For a date column: the span that makes one column of cells. Spans between the first and the last show too.',
      default: 'none',
      labels: { none: 'As they are', year: 'Year', quarter: 'Quarter', month: 'Month', week: 'Week', day: 'Day' },
      ui: { editor: 'select', section: 'Data', bindable: false },
    }),
    rowValues: axisValues('Values down', 'In this order, from the top. Those that the rows have when empty.'),
    columnValues: axisValues('Values across', 'In this order, from the start. Those that the rows have when empty.'),
    function: choice(['count', 'sum', 'average', 'minimum', 'maximum'], {
      title: 'In a cell',
      default: 'count',
      labels: {
        count: 'Number of rows',
        sum: 'Sum',
        average: 'Average',
        minimum: 'Smallest',
        maximum: 'Largest',
      },
      ui: { editor: 'select', section: 'Data', bindable: false },
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
    colour: choice(['intensity', 'tone'], {
      title: 'Cells are coloured',
      default: 'intensity',
      labels: { intensity: 'By their value', tone: 'By meaning' },
      ui: { editor: 'segmented', section: 'Look', bindable: false },
    }),
    cellTone: perRowText(cellNames, {
      title: 'Colour of a cell',
      description: 'neutral, accent, info, success, warning or danger; may depend on row, column and value.',
      ui: {
        section: 'Look',
        placeholder: "{{ row * column >= 15 ? 'danger' : 'success' }}",
        when: { setting: 'colour', in: ['tone'] },
      },
    }),
    rowTitle: optionalText('Title of the axis down', { section: 'Look' }),
    columnTitle: optionalText('Title of the axis across', { section: 'Look' }),
    size: choice(['small', 'medium', 'large'], {
      title: 'Height of cells',
      default: 'medium',
      labels: { small: 'Small', medium: 'Medium', large: 'Large' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    label: setting(Type.String({ maxLength: 200 }), {
      title: 'Name for screen readers',
      default: 'Matrix',
      ui: { section: 'Look', advanced: true },
    }),
    emptyText: setting(Type.String(), {
      title: 'Text when there is nothing to cross',
      default: 'Nothing to show yet',
      ui: { section: 'Data', advanced: true },
    }),
    ...numberFormatSettings('Look'),
  }),
  events: [
    {
      name: 'select',
      title: 'Cell chosen',
      payload: Type.Object({ row: Type.Unknown(), column: Type.Unknown(), value: Type.Number() }),
    },
    { name: 'clear', title: 'Choice taken back' },
  ],
  exposes: {
    selected: Type.Union([
      Type.Object({ row: Type.Unknown(), column: Type.Unknown(), value: Type.Number() }),
      Type.Null(),
    ]),
    rows: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    isLoading: Type.Boolean(),
  },
  methods: [
    { name: 'refresh', title: 'Load again' },
    { name: 'clear', title: 'Take the choice back' },
  ],
  uses: {
    tables: [{ setting: 'data', actions: ['view'], columns: ['rowColumn', 'columnColumn', 'column'] }],
  },
});
