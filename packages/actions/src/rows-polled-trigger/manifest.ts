import { choice, defineFlowTrigger, setting, tableSetting } from '@fettle/sdk';
import { Type } from 'typebox';
import { rowSchema } from '../rows/settings.ts';

/** Types of columns that can grow with each row that is new or changed. */
export const growingTypes = ['integer', 'decimal', 'number', 'timestamp', 'datetime', 'date'] as const;

/** Rows that others write past Fettle, found by looking again and again. What the settings mean, `server.ts` says. */
export const rowsPolledTriggerManifest = defineFlowTrigger({
  id: 'core/rows-polled',
  version: 1,
  title: 'When another program writes a row',
  description:
    'Looks into a table again and again, by a column that grows, and starts the flow once for each row that is new there.',
  icon: 'table-import',
  category: 'Data',
  source: 'poll',
  summary: 'data',
  keywords: ['poll', 'external', 'new row', 'updated', 'database', 'sync', 'cursor', 'watch'],
  settings: Type.Object({
    data: tableSetting(),
    column: Type.Optional(
      setting(Type.String({ maxLength: 260 }), {
        title: 'Column that grows',
        description:
          'An id that counts up finds new rows; a time of the last change finds changed ones, too. An index on it keeps looking cheap.',
        ui: { editor: 'column', of: 'data', types: [...growingTypes], bindable: false },
      }),
    ),
    every: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 86_400 }), {
        title: 'Look every (seconds)',
        default: 30,
        ui: { bindable: false },
      }),
    ),
    begin: Type.Optional(
      choice(['now', 'all'], {
        title: 'Rows that are there already',
        description: 'When the trigger is published for the first time, or with another table or column.',
        default: 'now',
        labels: { now: 'Leave them out', all: 'Start the flow for each' },
        ui: { editor: 'segmented', bindable: false },
      }),
    ),
    filter: Type.Optional(
      setting(Type.Unknown(), {
        title: 'The row matches',
        description: 'Leave out what the flow has dealt with: a flow that changes its row would start by that change.',
        ui: { editor: 'filter', of: 'data', bindable: false, section: 'Only when' },
      }),
    ),
    columns: Type.Optional(
      setting(Type.Array(Type.String({ maxLength: 260 }), { maxItems: 500 }), {
        title: 'Columns that the flow gets',
        description: 'Besides those that its steps use. All when none is chosen.',
        ui: { editor: 'columnList', of: 'data', bindable: false, advanced: true, section: 'Data' },
      }),
    ),
    batch: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 1000 }), {
        title: 'Rows at once',
        description: 'Read and stored together. A look goes on until no row is left.',
        default: 200,
        ui: { bindable: false, advanced: true, section: 'Data' },
      }),
    ),
    lookBack: Type.Optional(
      setting(Type.Integer({ minimum: 0, maximum: 1_000_000 }), {
        title: 'Look back by',
        description:
          'Seconds of a time, or numbers of an id. Programs may commit a row after another one with a higher value: such rows are found within this reach. No row starts the flow twice.',
        default: 60,
        ui: { bindable: false, advanced: true, section: 'Data' },
      }),
    ),
  }),
  needed: ['data', 'column'],
  cursorSettings: ['data', 'column'],
  uses: { tables: [{ setting: 'data', actions: ['view'], columns: ['columns/*'], related: ['filter'] }] },
  payload: Type.Object({
    table: Type.String(),
    /** Primary key values by column. Empty for a table without one. */
    key: rowSchema,
    row: rowSchema,
    /** The row's value of the column that grows. */
    value: Type.Unknown(),
    /** ISO 8601 in UTC: when it was found. */
    at: Type.String(),
  }),
  sample: {
    table: 'orders',
    key: { id: 1042 },
    row: { id: 1042, customer: 'Ada', state: 'new' },
    value: 1042,
    at: '2030-01-31T09:00:00.000Z',
  },
});
