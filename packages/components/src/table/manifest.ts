import { choice, defineComponent, rowOf, setting } from '@fettle/sdk';
import { Type, type Static } from 'typebox';
import { dataChoice, perRowText, tones } from '../setting-kinds.ts';

/** Ways a table column can show its values. */
export const columnFormats = [
  'auto',
  'text',
  'number',
  'currency',
  'percent',
  'date',
  'datetime',
  'boolean',
  'badge',
  'link',
  'image',
  'email',
  'json',
  'relation',
] as const;

const badgeSchema = Type.Object({
  value: setting(Type.String(), { title: 'Value' }),
  tone: choice(tones, { title: 'Colour', default: 'neutral' }),
  label: Type.Optional(setting(Type.String(), { title: 'Label', description: 'Shown instead of the value.' })),
});

const columnSchema = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64 }),
  column: Type.Optional(
    setting(Type.String({ maxLength: 260 }), {
      title: 'Column',
      description: 'A column of the table, or one of a related row such as album.title.',
      ui: { editor: 'column', of: 'data', bindable: false },
    }),
  ),
  label: Type.Optional(setting(Type.String({ maxLength: 200 }), { title: 'Label' })),
  width: Type.Optional(
    setting(Type.Integer({ minimum: 40, maximum: 1200 }), { title: 'Width', ui: { bindable: false } }),
  ),
  format: Type.Optional(
    choice(columnFormats, {
      title: 'Format',
      default: 'auto',
      labels: {
        auto: 'Automatic',
        text: 'Text',
        number: 'Number',
        currency: 'Currency',
        percent: 'Percent',
        date: 'Date',
        datetime: 'Date and time',
        boolean: 'Yes or no',
        badge: 'Badge',
        link: 'Link',
        image: 'Image',
        email: 'E-mail',
        json: 'JSON',
        relation: 'Related row',
      },
      ui: { editor: 'select', bindable: false },
    }),
  ),
  decimals: Type.Optional(
    setting(Type.Integer({ minimum: 0, maximum: 20 }), {
      title: 'Decimals',
      ui: { bindable: false, when: { setting: 'format', in: ['number', 'currency', 'percent'] } },
    }),
  ),
  currency: Type.Optional(
    setting(Type.String({ pattern: '^[A-Z]{3}$' }), {
      title: 'Currency',
      description: 'Three letters such as EUR.',
      default: 'EUR',
      ui: { placeholder: 'EUR', when: { setting: 'format', in: ['currency'] } },
    }),
  ),
  badges: Type.Optional(
    setting(Type.Array(badgeSchema, { maxItems: 100 }), {
      title: 'Badge colours',
      ui: { when: { setting: 'format', in: ['badge'] } },
    }),
  ),
  link: perRowText(['row', 'value'], {
    title: 'Link address',
    description: 'The value itself when empty.',
    ui: { when: { setting: 'format', in: ['link', 'text', 'image'] } },
  }),
  align: Type.Optional(
    choice(['auto', 'start', 'center', 'end'], {
      title: 'Align',
      default: 'auto',
      labels: { auto: 'Automatic', start: 'Start', center: 'Centre', end: 'End' },
      ui: { editor: 'segmented', bindable: false },
    }),
  ),
  hidden: Type.Optional(
    setting(Type.Boolean(), {
      title: 'Hidden at first',
      description: 'People can show it from the columns menu. Its values are there for expressions.',
      ui: { bindable: false },
    }),
  ),
  editable: Type.Optional(setting(Type.Boolean(), { title: 'Editable', default: true })),
  value: perRowText(['row'], {
    title: 'Value',
    description: 'Worked out for each row, instead of a column, e.g. {{ row.price * row.quantity }}.',
  }),
  visible: Type.Optional(setting(Type.Boolean(), { title: 'Visible', default: true })),
});

const rowActionSchema = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64 }),
  label: setting(Type.String({ maxLength: 100 }), { title: 'Label' }),
  danger: Type.Optional(
    setting(Type.Boolean(), { title: 'Dangerous', description: 'Shown in red.', ui: { bindable: false } }),
  ),
  visible: perRowText(['row'], { title: 'Visible', description: 'For example {{ row.state == "open" }}.' }),
  disabled: perRowText(['row'], { title: 'Disabled' }),
});

const rowsSchema = Type.Array(Type.Record(Type.String(), Type.Unknown()));
const rowSchema = rowOf('data');

/** Rows in a grid, with everything people do to them. */
export const tableManifest = defineComponent({
  id: 'core/table',
  version: 1,
  title: 'Table',
  description: 'Shows rows of a table or query: search, filter, sort, edit in place, select, export.',
  icon: 'table',
  category: 'Data',
  keywords: ['grid', 'list', 'rows', 'spreadsheet', 'crud'],
  settings: Type.Object({
    data: dataChoice(),
    title: setting(Type.String({ maxLength: 200 }), { title: 'Title', default: '', ui: { section: 'Data' } }),
    columns: setting(Type.Array(columnSchema, { maxItems: 200 }), {
      title: 'Columns',
      description: 'The table’s own columns, in a sensible order, when the list is empty.',
      default: [],
      ui: { editor: 'columns', section: 'Columns', of: 'data' },
    }),
    phoneColumns: setting(Type.Array(Type.String(), { maxItems: 6 }), {
      title: 'Columns on phones',
      description: 'The two or three that matter. Chosen by itself when empty.',
      default: [],
      ui: { editor: 'columnList', section: 'Columns', of: 'data', bindable: false, advanced: true },
    }),
    paging: choice(['pages', 'continuous'], {
      title: 'Paging',
      default: 'pages',
      labels: { pages: 'Pages', continuous: 'Load on scroll' },
      ui: { editor: 'segmented', section: 'Rows', bindable: false },
    }),
    pageSize: setting(Type.Integer({ minimum: 1, maximum: 500 }), {
      title: 'Rows per page',
      default: 25,
      ui: { section: 'Rows' },
    }),
    total: choice(['exact', 'estimated', 'none'], {
      title: 'Count of rows',
      description: 'An estimate is quicker on very large tables.',
      default: 'exact',
      labels: { exact: 'Exact', estimated: 'Estimate', none: 'None' },
      ui: { editor: 'segmented', section: 'Rows', bindable: false, advanced: true },
    }),
    height: setting(Type.Integer({ minimum: 160, maximum: 4000 }), {
      title: 'Greatest height',
      description: 'In pixels; the rows scroll beyond it.',
      default: 640,
      ui: { section: 'Rows', advanced: true },
    }),
    searchable: setting(Type.Boolean(), { title: 'Search box', default: true, ui: { section: 'Find' } }),
    searchColumns: setting(Type.Array(Type.String(), { maxItems: 30 }), {
      title: 'Columns to search',
      description: 'All text columns when empty.',
      default: [],
      ui: {
        editor: 'columnList',
        section: 'Find',
        of: 'data',
        bindable: false,
        advanced: true,
        when: { setting: 'searchable', in: [true] },
      },
    }),
    filterable: setting(Type.Boolean(), { title: 'Filter button', default: true, ui: { section: 'Find' } }),
    search: setting(Type.String(), {
      title: 'Search text',
      description: 'From another component, e.g. {{ components.search.value }}.',
      default: '',
      ui: { section: 'Find', advanced: true },
    }),
    filter: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Further filter',
        description: 'From a filter bar, e.g. {{ components.filters.value }}. Holds on top of the data’s own filter.',
        ui: { editor: 'expression', section: 'Find', advanced: true },
      }),
    ),
    selection: choice(['none', 'single', 'multiple'], {
      title: 'Select rows',
      default: 'none',
      labels: { none: 'No', single: 'One', multiple: 'Many' },
      ui: { editor: 'segmented', section: 'Behaviour', bindable: false },
    }),
    allowCreate: setting(Type.Boolean(), {
      title: 'Add rows',
      default: false,
      ui: { section: 'Behaviour', bindable: false },
    }),
    allowEdit: setting(Type.Boolean(), {
      title: 'Edit in place',
      default: false,
      ui: { section: 'Behaviour', bindable: false },
    }),
    allowDelete: setting(Type.Boolean(), {
      title: 'Delete rows',
      default: false,
      ui: { section: 'Behaviour', bindable: false },
    }),
    allowExport: setting(Type.Boolean(), {
      title: 'CSV export',
      default: true,
      ui: { section: 'Behaviour', bindable: false },
    }),
    rowActions: setting(Type.Array(rowActionSchema, { maxItems: 12 }), {
      title: 'Row buttons',
      description: 'A click fires “Row button” with event.action (the button’s id) and event.row.',
      default: [],
      ui: { section: 'Behaviour' },
    }),
    density: choice(['compact', 'cosy'], {
      title: 'Density',
      default: 'cosy',
      labels: { compact: 'Compact', cosy: 'Cosy' },
      ui: { editor: 'segmented', section: 'Look', bindable: false },
    }),
    striped: setting(Type.Boolean(), { title: 'Stripes', default: false, ui: { section: 'Look', bindable: false } }),
    emptyText: setting(Type.String({ maxLength: 300 }), {
      title: 'Text without rows',
      default: 'No rows yet',
      ui: { section: 'Look', advanced: true },
    }),
  }),
  events: [
    { name: 'rowClick', title: 'Row click', payload: Type.Object({ row: rowSchema }) },
    { name: 'selectionChange', title: 'Selection change', payload: Type.Object({ rows: rowsSchema }) },
    { name: 'rowAction', title: 'Row button', payload: Type.Object({ action: Type.String(), row: rowSchema }) },
    {
      name: 'cellChange',
      title: 'Cell change',
      payload: Type.Object({ row: rowSchema, column: Type.String(), value: Type.Unknown() }),
    },
    { name: 'created', title: 'Row added', payload: Type.Object({ row: rowSchema }) },
    { name: 'deleted', title: 'Rows deleted', payload: Type.Object({ rows: rowsSchema }) },
  ],
  exposes: {
    rows: rowsSchema,
    selectedRows: rowsSchema,
    selectedRow: Type.Union([rowSchema, Type.Null()]),
    total: Type.Union([Type.Integer(), Type.Null()]),
    page: Type.Integer(),
    search: Type.String(),
    filter: Type.Unknown(),
    sort: Type.Array(Type.Object({ column: Type.String(), direction: Type.String() })),
  },
  methods: [
    { name: 'refresh', title: 'Refresh' },
    { name: 'clearSelection', title: 'Clear selection' },
    { name: 'setFilter', title: 'Set filter' },
    { name: 'setSearch', title: 'Set search' },
  ],
  uses: {
    tables: [
      { setting: 'data', actions: ['view'], columns: ['columns/*/column'] },
      {
        setting: 'data',
        actions: ['create'],
        when: { setting: 'allowCreate', in: [true] },
        columns: ['columns/*/column'],
      },
      {
        setting: 'data',
        actions: ['update'],
        when: { setting: 'allowEdit', in: [true] },
        columns: ['columns/*/column'],
        unless: { beside: 'editable', in: [false] },
      },
      {
        setting: 'data',
        actions: ['delete'],
        when: { setting: 'allowDelete', in: [true] },
        columns: ['columns/*/column'],
      },
    ],
  },
});

/** Settings of the table. */
export type TableSettings = Static<typeof tableManifest.settings>;
/** One entry of the columns setting. */
export type ColumnSetting = TableSettings['columns'][number];
/** One row button. */
export type RowAction = TableSettings['rowActions'][number];
