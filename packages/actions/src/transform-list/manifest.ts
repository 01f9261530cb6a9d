import { choice, defineFlowAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

const when = (...operations: readonly string[]) => ({ when: { setting: 'operation', in: operations } });
const columns = Type.Array(Type.String({ maxLength: 260 }), { maxItems: 100 });

/** Filters, sorts, groups, joins or reduces a list. */
export const transformListManifest = defineFlowAction({
  id: 'core/transform-list',
  version: 1,
  title: 'Transform list',
  description: 'Picks fields, filters, sorts, groups, joins or removes doubles from a list.',
  icon: 'transform',
  category: 'Transform',
  keywords: ['map', 'filter', 'group', 'sort', 'join', 'dedupe', 'unique', 'merge', 'lookup'],
  effect: 'none',
  summary: 'operation',
  settings: Type.Object({
    items: Type.Optional(
      setting(Type.Unknown(), {
        title: 'List',
        ui: { editor: 'expression', placeholder: '{{ steps.find.output.rows }}' },
      }),
    ),
    operation: choice(['pick', 'filter', 'sort', 'group', 'unique', 'join'], {
      title: 'Do what',
      default: 'filter',
      labels: {
        pick: 'Pick fields',
        filter: 'Filter',
        sort: 'Sort',
        group: 'Group',
        unique: 'Remove doubles',
        join: 'Join with a list',
      },
      ui: { bindable: false, editor: 'select' },
    }),
    fields: Type.Optional(
      setting(Type.Record(Type.String({ maxLength: 260 }), Type.String({ maxLength: 260 })), {
        title: 'Fields',
        description: 'New name and the field it comes from; author.name reaches inside.',
        ui: { editor: 'json', ...when('pick') },
      }),
    ),
    where: Type.Optional(
      setting(
        Type.Array(
          Type.Object({
            field: Type.String({ maxLength: 260 }),
            operator: choice(
              [
                'equal',
                'notEqual',
                'less',
                'lessOrEqual',
                'greater',
                'greaterOrEqual',
                'contains',
                'empty',
                'notEmpty',
              ],
              { title: 'Comparison' },
            ),
            value: Type.Optional(Type.Unknown()),
          }),
          { maxItems: 50 },
        ),
        { title: 'Only where all are true', ui: when('filter') },
      ),
    ),
    sort: Type.Optional(
      setting(
        Type.Array(
          Type.Object({
            column: Type.String({ maxLength: 260 }),
            direction: Type.Union([Type.Literal('ascending'), Type.Literal('descending')]),
          }),
          { maxItems: 10 },
        ),
        { title: 'Order', ui: { editor: 'sort', ...when('sort') } },
      ),
    ),
    by: Type.Optional(
      setting(columns, {
        title: 'By fields',
        description: 'All fields when none is given.',
        ui: when('group', 'unique'),
      }),
    ),
    sums: Type.Optional(setting(columns, { title: 'Sums of fields', ui: when('group') })),
    other: Type.Optional(
      setting(Type.Unknown(), { title: 'Other list', ui: { editor: 'expression', ...when('join') } }),
    ),
    leftField: Type.Optional(setting(Type.String({ maxLength: 260 }), { title: 'Field here', ui: when('join') })),
    rightField: Type.Optional(setting(Type.String({ maxLength: 260 }), { title: 'Field there', ui: when('join') })),
    keep: Type.Optional(
      choice(['matching', 'all'], {
        title: 'Keep',
        default: 'matching',
        labels: { matching: 'Only matching items', all: 'All items of this list' },
        ui: when('join'),
      }),
    ),
  }),
  output: Type.Object({ items: Type.Array(Type.Unknown()), count: Type.Integer() }),
  sample: { items: [{ team: 'red', count: 2 }], count: 1 },
});
