import { choice, defineFlowAction, setting, tableSetting } from '@fettle/sdk';
import { Type } from 'typebox';
import { filterSetting } from '../rows/settings.ts';

const rowSchema = Type.Record(Type.String(), Type.Unknown());

/** Counts and sums rows, in groups or all together. */
export const aggregateRowsManifest = defineFlowAction({
  id: 'core/aggregate-rows',
  version: 1,
  title: 'Count and sum rows',
  description: 'Counts, sums or averages rows of a table in the database, in groups or all together.',
  icon: 'sum',
  category: 'Data',
  keywords: ['aggregate', 'count', 'average', 'group', 'total', 'minimum', 'maximum'],
  effect: 'read',
  settings: Type.Object({
    data: tableSetting(),
    filter: filterSetting(),
    groupBy: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 260 }), { maxItems: 10 }), {
        title: 'A group per',
        description: 'All rows together when no column is chosen.',
        ui: { editor: 'columnList', of: 'data', bindable: false },
      }),
    ),
    measures: setting(
      Type.Array(
        Type.Object({
          name: setting(Type.String({ minLength: 1, maxLength: 64 }), { title: 'Name' }),
          function: choice(['count', 'countDistinct', 'sum', 'average', 'minimum', 'maximum'], {
            title: 'What',
            default: 'count',
            labels: {
              count: 'Count',
              countDistinct: 'Count different',
              sum: 'Sum',
              average: 'Average',
              minimum: 'Smallest',
              maximum: 'Largest',
            },
          }),
          column: Type.Optional(
            setting(Type.String({ maxLength: 260 }), { title: 'Of column', ui: { editor: 'column', of: 'data' } }),
          ),
        }),
        { maxItems: 20 },
      ),
      { title: 'Values', default: [{ name: 'count', function: 'count' }], ui: { bindable: false } },
    ),
    limit: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 1000 }), {
        title: 'At most groups',
        default: 100,
        ui: { advanced: true },
      }),
    ),
  }),
  uses: { tables: [{ setting: 'data', actions: ['view'], related: ['filter', 'groupBy', 'measures/*/column'] }] },
  output: Type.Object({
    rows: Type.Array(rowSchema),
    first: Type.Union([rowSchema, Type.Null()]),
    truncated: Type.Boolean(),
  }),
  sample: { rows: [{ count: 12 }], first: { count: 12 }, truncated: false },
});
