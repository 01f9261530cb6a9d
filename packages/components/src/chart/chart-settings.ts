import { choice, setting, type ComponentManifest } from '@fettle/sdk';
import { Type } from 'typebox';
import { numberFormatSettings } from '../number-format-settings.ts';
import { dataChoice, optionalText } from '../setting-kinds.ts';

const functions = ['count', 'countDistinct', 'sum', 'average', 'minimum', 'maximum'] as const;

/** A column of the chart's data. */
function columnChoice(title: string, description: string) {
  return Type.Optional(
    setting(Type.String({ maxLength: 260 }), {
      title,
      description,
      ui: { editor: 'column', section: 'Data', of: 'data', bindable: false },
    }),
  );
}

/** Settings of every chart: what it shows. */
export function chartDataSettings(options: { readonly sort: 'category' | 'valueDescending' }) {
  return {
    data: dataChoice(),
    category: columnChoice('Group by', 'One bar, point or slice for each value of this column.'),
    bucket: choice(['none', 'year', 'quarter', 'month', 'week', 'day', 'hour'], {
      title: 'Dates by',
      description: 'For a date column: the span that makes one group.',
      default: 'none',
      labels: {
        none: 'As they are',
        year: 'Year',
        quarter: 'Quarter',
        month: 'Month',
        week: 'Week',
        day: 'Day',
        hour: 'Hour',
      },
      ui: { editor: 'select', section: 'Data', bindable: false },
    }),
    measures: setting(
      Type.Array(
        Type.Object({
          function: choice(functions, {
            title: 'Value',
            default: 'count',
            labels: {
              count: 'Number of rows',
              countDistinct: 'Number of different values',
              sum: 'Sum',
              average: 'Average',
              minimum: 'Smallest',
              maximum: 'Largest',
            },
            ui: { editor: 'select', bindable: false },
          }),
          column: Type.Optional(
            setting(Type.String({ maxLength: 260 }), {
              title: 'Column',
              ui: { editor: 'column', of: 'data', bindable: false, when: { setting: 'function', notIn: ['count'] } },
            }),
          ),
          label: Type.Optional(setting(Type.String(), { title: 'Name' })),
        }),
        { minItems: 1, maxItems: 10 },
      ),
      { title: 'Values', default: [{ function: 'count' }], ui: { section: 'Data' } },
    ),
    sort: choice(['category', 'categoryDescending', 'valueDescending', 'value'], {
      title: 'Order',
      default: options.sort,
      labels: {
        category: 'By group',
        categoryDescending: 'By group, last first',
        valueDescending: 'Largest first',
        value: 'Smallest first',
      },
      ui: { editor: 'select', section: 'Data' },
    }),
    limit: setting(Type.Integer({ minimum: 1, maximum: 1000 }), {
      title: 'Groups at most',
      default: 50,
      ui: { section: 'Data' },
    }),
    emptyText: setting(Type.String(), {
      title: 'Text when there are no rows',
      default: 'Nothing to show yet',
      ui: { section: 'Data', advanced: true },
    }),
  };
}

/** Settings of every chart: how it looks. */
export function chartLookSettings() {
  return {
    title: optionalText('Title', { section: 'Look' }),
    height: setting(Type.Integer({ minimum: 120, maximum: 1200 }), {
      title: 'Height in pixels',
      default: 280,
      ui: { section: 'Look' },
    }),
    legend: choice(['auto', 'show', 'hide'], {
      title: 'Legend',
      default: 'auto',
      labels: { auto: 'When needed', show: 'Always', hide: 'Never' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    labels: setting(Type.Boolean(), { title: 'Write values on it', default: false, ui: { section: 'Look' } }),
    ...numberFormatSettings('Look'),
  };
}

/** Settings of charts with two axes. */
export function chartAxisSettings() {
  return {
    splitBy: columnChoice('Split by', 'One series for each value of this column, of the first value above.'),
    categoryTitle: optionalText('Title of the groups’ axis', { section: 'Look', ui: { advanced: true } }),
    valueTitle: optionalText('Title of the values’ axis', { section: 'Look', ui: { advanced: true } }),
  };
}

/** Events, values and methods of every chart. */
export const chartContract = {
  events: [
    {
      name: 'click',
      title: 'Click on a value',
      payload: Type.Object({
        category: Type.Unknown(),
        series: Type.String(),
        value: Type.Union([Type.Number(), Type.Null()]),
        row: Type.Record(Type.String(), Type.Unknown()),
      }),
    },
  ],
  exposes: { rows: Type.Array(Type.Record(Type.String(), Type.Unknown())), isLoading: Type.Boolean() },
  methods: [{ name: 'refresh', title: 'Load again' }],
} satisfies Pick<ComponentManifest, 'events' | 'exposes' | 'methods'>;

/** The table use of a chart with these column settings. */
export function chartUses(columns: readonly string[]): NonNullable<ComponentManifest['uses']> {
  return { tables: [{ setting: 'data', actions: ['view'], columns }] };
}
