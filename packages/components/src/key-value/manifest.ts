import { choice, defineComponent, rowOf, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { dataChoice } from '../setting-kinds.ts';

/** The values of one row, with their names. */
export const keyValueManifest = defineComponent({
  id: 'core/key-value',
  version: 1,
  title: 'Details',
  description: 'The values of one row with their names, taken from a table or chosen freely.',
  icon: 'list-details',
  category: 'Data',
  keywords: ['description list', 'key value', 'properties', 'record', 'detail'],
  settings: Type.Object({
    source: choice(['row', 'free'], {
      title: 'Values',
      default: 'row',
      labels: { row: 'Of a row', free: 'Chosen freely' },
      ui: { editor: 'segmented', section: 'Data', bindable: false },
    }),
    data: dataChoice('Data', 'The first row is shown, unless a row is given below. Names and types come from here.'),
    row: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Row',
        description: 'A row from elsewhere, e.g. the one selected in a table.',
        ui: {
          editor: 'expression',
          section: 'Data',
          placeholder: '{{ components.table.selectedRow }}',
          when: { setting: 'source', in: ['row'] },
        },
      }),
    ),
    columns: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 260 }), { maxItems: 200 }), {
        title: 'Columns',
        description: 'All columns when empty.',
        ui: {
          editor: 'columnList',
          section: 'Data',
          of: 'data',
          bindable: false,
          when: { setting: 'source', in: ['row'] },
        },
      }),
    ),
    hiddenColumns: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 260 }), { maxItems: 200 }), {
        title: 'Columns to load, not to show',
        description:
          'For expressions of other components: they find them in the row. Only where columns are chosen above.',
        ui: {
          editor: 'columnList',
          section: 'Data',
          of: 'data',
          bindable: false,
          advanced: true,
          when: { setting: 'source', in: ['row'] },
        },
      }),
    ),
    items: Type.Optional(
      setting(
        Type.Array(
          Type.Object({
            label: setting(Type.String(), { title: 'Name' }),
            value: setting(Type.Unknown(), { title: 'Value', ui: { editor: 'expression' } }),
          }),
          { maxItems: 100 },
        ),
        { title: 'Values', ui: { section: 'Data', when: { setting: 'source', in: ['free'] } } },
      ),
    ),
    emptyText: setting(Type.String(), {
      title: 'Text when there is no row',
      default: 'Nothing selected',
      ui: { section: 'Data', advanced: true },
    }),
    arrangement: choice(['beside', 'above'], {
      title: 'Names',
      default: 'beside',
      labels: { beside: 'Beside', above: 'Above' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    columnCount: setting(Type.Integer({ minimum: 1, maximum: 4 }), {
      title: 'Columns side by side',
      description: 'Fewer where there is no room.',
      default: 1,
      ui: { section: 'Look' },
    }),
    hideEmpty: setting(Type.Boolean(), { title: 'Leave out empty values', default: false, ui: { section: 'Look' } }),
  }),
  exposes: { row: Type.Union([rowOf('data'), Type.Null()]) },
  methods: [{ name: 'refresh', title: 'Load again' }],
  uses: {
    tables: [
      {
        setting: 'data',
        actions: ['view'],
        when: { setting: 'source', in: ['row'] },
        columns: ['columns/*', 'hiddenColumns/*'],
      },
    ],
  },
});
