import { choice, defineComponent, rowOf, setting } from '@fettle/sdk';
import { Type, type Static } from 'typebox';
import { dataChoice } from '../setting-kinds.ts';

/** Kinds of input that a form field can ask for. */
export const fieldInputs = [
  'auto',
  'text',
  'longText',
  'email',
  'url',
  'number',
  'checkbox',
  'select',
  'multiSelect',
  'date',
  'time',
  'datetime',
  'relation',
  'file',
  'json',
] as const;

const fieldSchema = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64 }),
  column: setting(Type.String({ maxLength: 128 }), {
    title: 'Column',
    ui: { editor: 'column', of: 'data', bindable: false },
  }),
  label: Type.Optional(setting(Type.String({ maxLength: 200 }), { title: 'Label' })),
  input: Type.Optional(
    choice(fieldInputs, {
      title: 'Input',
      default: 'auto',
      labels: {
        auto: 'Automatic',
        text: 'Text',
        longText: 'Long text',
        email: 'E-mail',
        url: 'Web address',
        number: 'Number',
        checkbox: 'Checkbox',
        select: 'Select',
        multiSelect: 'Multi-select',
        date: 'Date',
        time: 'Time',
        datetime: 'Date and time',
        relation: 'Related row',
        file: 'File',
        json: 'JSON',
      },
      ui: { editor: 'select', bindable: false },
    }),
  ),
  required: Type.Optional(setting(Type.Boolean(), { title: 'Required' })),
  readOnly: Type.Optional(setting(Type.Boolean(), { title: 'Read only' })),
  visible: Type.Optional(setting(Type.Boolean(), { title: 'Visible', default: true })),
  placeholder: Type.Optional(setting(Type.String({ maxLength: 200 }), { title: 'Placeholder' })),
  help: Type.Optional(setting(Type.String({ maxLength: 500 }), { title: 'Help' })),
  span: Type.Optional(
    choice(['auto', 'half', 'full'], {
      title: 'Width',
      default: 'auto',
      labels: { auto: 'Automatic', half: 'Half', full: 'Full' },
      ui: { editor: 'segmented', bindable: false },
    }),
  ),
  defaultValue: Type.Optional(setting(Type.Unknown(), { title: 'Default value', ui: { editor: 'expression' } })),
  options: Type.Optional(
    setting(Type.Array(Type.Object({ value: Type.String(), label: Type.Optional(Type.String()) }), { maxItems: 500 }), {
      title: 'Options',
      description: 'Those of the column when empty.',
      ui: { editor: 'options', when: { setting: 'input', in: ['select', 'multiSelect'] } },
    }),
  ),
  relation: Type.Optional(
    setting(
      Type.Object({
        dataSource: Type.String(),
        table: Type.String(),
        keyColumn: Type.String(),
        labelColumn: Type.String(),
      }),
      {
        title: 'Related table',
        description: 'Found from the foreign key when empty.',
        ui: { editor: 'table', bindable: false, when: { setting: 'input', in: ['relation'] } },
      },
    ),
  ),
  min: Type.Optional(
    setting(Type.Union([Type.String(), Type.Number()]), { title: 'At least', ui: { editor: 'text', advanced: true } }),
  ),
  max: Type.Optional(
    setting(Type.Union([Type.String(), Type.Number()]), { title: 'At most', ui: { editor: 'text', advanced: true } }),
  ),
  minLength: Type.Optional(setting(Type.Integer({ minimum: 0 }), { title: 'Shortest length', ui: { advanced: true } })),
  maxLength: Type.Optional(setting(Type.Integer({ minimum: 1 }), { title: 'Greatest length', ui: { advanced: true } })),
  pattern: Type.Optional(
    setting(Type.String({ maxLength: 300 }), {
      title: 'Pattern',
      description: 'A regular expression for the whole text.',
      ui: { advanced: true, bindable: false },
    }),
  ),
  message: Type.Optional(
    setting(Type.String({ maxLength: 300 }), {
      title: 'Message',
      description: 'Said when one of these rules is broken.',
      ui: { advanced: true },
    }),
  ),
});

const valuesSchema = Type.Record(Type.String(), Type.Unknown());
const hasData = { setting: 'mode', in: ['update', 'view'] } as const;

/** A form for one row, or for values of its own. */
export const formManifest = defineComponent({
  id: 'core/form',
  version: 1,
  title: 'Form',
  description: 'Creates, changes or shows one row with the right input for each column, or gathers values of its own.',
  icon: 'forms',
  category: 'Forms',
  keywords: ['edit', 'create', 'record', 'detail', 'input', 'crud'],
  settings: Type.Object({
    data: dataChoice('Table', 'Without a table, the form gathers the values of the inputs inside it.'),
    mode: choice(['create', 'update', 'view'], {
      title: 'What it does',
      default: 'create',
      labels: { create: 'Create', update: 'Update', view: 'View' },
      ui: { editor: 'segmented', section: 'Data', bindable: false },
    }),
    recordKey: setting(Type.Unknown(), {
      title: 'Row',
      description: 'The key of the row, e.g. {{ screen.params.id }}.',
      default: '',
      ui: { editor: 'expression', section: 'Data', when: hasData },
    }),
    fields: setting(Type.Array(fieldSchema, { maxItems: 200 }), {
      title: 'Fields',
      description: 'All columns that can be written, when the list is empty.',
      default: [],
      ui: { editor: 'fields', section: 'Fields', of: 'data' },
    }),
    columns: choice(['one', 'two'], {
      title: 'Columns',
      default: 'one',
      labels: { one: 'One', two: 'Two' },
      ui: { editor: 'segmented', section: 'Look', bindable: false },
    }),
    title: setting(Type.String({ maxLength: 200 }), { title: 'Title', default: '', ui: { section: 'Look' } }),
    submitLabel: setting(Type.String({ maxLength: 60 }), {
      title: 'Save button',
      default: '',
      ui: { section: 'Buttons', placeholder: 'Save' },
    }),
    showButtons: setting(Type.Boolean(), {
      title: 'Show buttons',
      description: 'Without them, another component submits the form.',
      default: true,
      ui: { section: 'Buttons' },
    }),
    allowDelete: setting(Type.Boolean(), {
      title: 'Delete button',
      default: false,
      ui: { section: 'Buttons', bindable: false, when: { setting: 'mode', in: ['update'] } },
    }),
    savedText: setting(Type.String({ maxLength: 200 }), {
      title: 'Message after saving',
      default: 'Saved',
      ui: { section: 'Buttons' },
    }),
    resetAfterCreate: setting(Type.Boolean(), {
      title: 'Empty the form after creating',
      default: true,
      ui: { section: 'Behaviour', bindable: false, when: { setting: 'mode', in: ['create'] } },
    }),
    warnBeforeLeaving: setting(Type.Boolean(), {
      title: 'Warn before changes are lost',
      default: true,
      ui: { section: 'Behaviour' },
    }),
    disabled: setting(Type.Boolean(), { title: 'Disabled', default: false, ui: { section: 'Behaviour' } }),
  }),
  slots: [{ name: 'body', title: 'Inputs', layout: 'grid' }],
  events: [
    { name: 'saved', title: 'Saved', payload: Type.Object({ row: rowOf('data') }) },
    {
      name: 'failed',
      title: 'Failed',
      payload: Type.Object({ error: Type.Object({ message: Type.String(), code: Type.String() }) }),
    },
    { name: 'changed', title: 'Changed', payload: Type.Object({ value: valuesSchema, field: Type.String() }) },
    { name: 'deleted', title: 'Deleted', payload: Type.Object({ row: rowOf('data') }) },
  ],
  exposes: {
    value: valuesSchema,
    row: Type.Union([rowOf('data'), Type.Null()]),
    isDirty: Type.Boolean(),
    isValid: Type.Boolean(),
    isSubmitting: Type.Boolean(),
  },
  methods: [
    { name: 'submit', title: 'Submit' },
    { name: 'reset', title: 'Reset' },
    { name: 'setValue', title: 'Set a value' },
  ],
  uses: {
    tables: [
      { setting: 'data', actions: ['view'], columns: ['fields/*/column'] },
      { setting: 'data', actions: ['create'], when: { setting: 'mode', in: ['create'] }, columns: ['fields/*/column'] },
      {
        setting: 'data',
        actions: ['update'],
        when: { setting: 'mode', in: ['update'] },
        columns: ['fields/*/column'],
        unless: { beside: 'readOnly', in: [true] },
      },
      {
        setting: 'data',
        actions: ['delete'],
        when: { setting: 'allowDelete', in: [true] },
        columns: ['fields/*/column'],
      },
      {
        setting: 'fields/*/relation',
        actions: ['view'],
        columns: ['fields/*/relation/keyColumn', 'fields/*/relation/labelColumn'],
      },
    ],
  },
});

/** Settings of the form. */
export type FormSettings = Static<typeof formManifest.settings>;
/** One entry of the fields setting. */
export type FieldSetting = FormSettings['fields'][number];
