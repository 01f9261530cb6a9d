import { defineFlowTrigger, setting, tableSetting } from '@fettle/sdk';
import { Type } from 'typebox';
import { whoSchema } from '../events/who.ts';
import { rowSchema } from '../rows/settings.ts';

const kinds = ['created', 'updated', 'deleted'] as const;

function rowFilter(facts: { readonly title: string; readonly description: string; readonly advanced?: boolean }) {
  const { title, description, advanced } = facts;
  const ui = { editor: 'filter', of: 'data', bindable: false, section: 'Only when' } as const;
  return Type.Optional(
    setting(Type.Unknown(), { title, description, ui: advanced === true ? { ...ui, advanced: true } : ui }),
  );
}

function columnList(facts: { readonly title: string; readonly description: string; readonly section: string }) {
  const { title, description, section } = facts;
  return Type.Optional(
    setting(Type.Array(Type.String({ maxLength: 260 }), { maxItems: 500 }), {
      title,
      description,
      ui: { editor: 'columnList', of: 'data', bindable: false, advanced: true, section },
    }),
  );
}

/** A row is created, changed or deleted through Fettle. What the settings mean, the server's `row-starts.ts` says. */
export const rowTriggerManifest = defineFlowTrigger({
  id: 'core/row-changed',
  version: 1,
  title: 'When a row changes',
  description: 'Starts the flow once for each row that is created, changed or deleted through Fettle.',
  icon: 'table',
  category: 'Data',
  source: 'row',
  summary: 'data',
  keywords: ['insert', 'update', 'delete', 'record', 'table', 'new row', 'database'],
  settings: Type.Object({
    data: tableSetting(),
    kinds: Type.Optional(
      setting(Type.Array(Type.Unsafe<(typeof kinds)[number]>({ type: 'string', enum: [...kinds] })), {
        title: 'When rows are',
        description: 'All three when none is chosen.',
        ui: { bindable: false, labels: { created: 'Created', updated: 'Changed', deleted: 'Deleted' } },
      }),
    ),
    watch: columnList({
      title: 'One of these columns changed',
      description: 'Of changed rows. Any column when none is chosen.',
      section: 'Only when',
    }),
    filter: rowFilter({
      title: 'The row matches',
      description: 'The row as it is after the change; of a deleted row, as it was.',
    }),
    entering: Type.Optional(
      setting(Type.Boolean(), {
        title: 'It did not match before',
        description: 'A changed row starts the flow when it begins to match, not with every change after that.',
        default: false,
        ui: { bindable: false, section: 'Only when' },
      }),
    ),
    before: rowFilter({
      title: 'The row matched before',
      description: 'The row as it was before it was changed.',
      advanced: true,
    }),
    columns: columnList({
      title: 'Columns that the flow gets',
      description: 'Besides those that its steps use. All when none is chosen.',
      section: 'Data',
    }),
  }),
  uses: {
    tables: [{ setting: 'data', actions: ['view'], columns: ['columns/*'], related: ['watch', 'filter', 'before'] }],
  },
  payload: Type.Object({
    kind: Type.Unsafe<(typeof kinds)[number]>({ type: 'string', enum: [...kinds] }),
    table: Type.String(),
    /** Primary key values by column. */
    key: rowSchema,
    /** The row as it is; of a deleted row, as it was. */
    row: rowSchema,
    /** A changed row as it was; otherwise null. */
    before: Type.Union([rowSchema, Type.Null()]),
    /** Names of the columns that changed. */
    changed: Type.Array(Type.String()),
    /** ISO 8601 in UTC. */
    at: Type.String(),
    by: whoSchema,
    /** Columns whose values were too long to be brought along: they are null in the rows. */
    leftOut: Type.Optional(Type.Array(Type.String())),
  }),
  sample: {
    kind: 'updated',
    table: 'people',
    key: { id: 1 },
    row: { id: 1, name: 'Ada', state: 'approved' },
    before: { id: 1, name: 'Ada', state: 'new' },
    changed: ['state'],
    at: '2030-01-31T09:00:00.000Z',
    by: { kind: 'user', id: 'usr_1', name: 'Grace', email: 'grace@example.com' },
  },
});
