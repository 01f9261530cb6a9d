import { choice, defineComponent, rowOf, setting } from '@fettle/sdk';
import { Type, type Static } from 'typebox';
import { columnsToLoad, dataChoice, perRowText, tones } from '../setting-kinds.ts';

const names = ['item'] as const;
const rowSchema = rowOf('data');

const laneSchema = Type.Object({
  value: setting(Type.String({ maxLength: 200 }), {
    title: 'Value',
    description: 'What the column of the data holds in this column of the board. Nothing: rows without a value.',
    ui: { bindable: false },
  }),
  label: Type.Optional(setting(Type.String({ maxLength: 100 }), { title: 'Label' })),
  tone: Type.Optional(choice(tones, { title: 'Colour', default: 'neutral', ui: { bindable: false } })),
  limit: Type.Optional(
    setting(Type.Integer({ minimum: 1, maximum: 1000 }), {
      title: 'Cards at most',
      description: 'The count turns red beyond it. Nothing is refused.',
      ui: { bindable: false },
    }),
  ),
});

/** Rows as cards in columns; moving a card changes its row. */
export const kanbanManifest = defineComponent({
  id: 'core/kanban',
  version: 1,
  title: 'Kanban board',
  description: 'Rows as cards in columns, one for each value of a field. Moving a card changes that field.',
  icon: 'layout-kanban',
  category: 'Data',
  keywords: ['board', 'cards', 'status', 'columns', 'drag', 'agile', 'workflow'],
  settings: Type.Object({
    data: dataChoice(),
    groupBy: Type.Optional(
      setting(Type.String({ maxLength: 128 }), {
        title: 'Columns from',
        description: 'The field whose values make the columns, such as a status.',
        ui: { editor: 'column', of: 'data', section: 'Data', bindable: false },
      }),
    ),
    lanes: setting(Type.Array(laneSchema, { maxItems: 20 }), {
      title: 'Columns of the board',
      description: 'The options of the field, in their order, when the list is empty.',
      default: [],
      ui: { section: 'Data' },
    }),
    columns: columnsToLoad(),
    pageSize: setting(Type.Integer({ minimum: 5, maximum: 200 }), {
      title: 'Cards at a time',
      description: 'In each column; the others come on request.',
      default: 30,
      ui: { section: 'Data', advanced: true },
    }),
    filter: Type.Optional(
      setting(Type.Unknown(), {
        title: 'Further filter',
        description: 'From a filter bar, e.g. {{ components.filters.value }}. Holds on top of the data’s own filter.',
        ui: { editor: 'expression', section: 'Data', advanced: true },
      }),
    ),
    search: setting(Type.String(), {
      title: 'Search text',
      description: 'From another component, e.g. {{ components.search.value }}.',
      default: '',
      ui: { section: 'Data', advanced: true },
    }),
    cardTitle: perRowText(names, { title: 'Title', ui: { section: 'Card', placeholder: '{{ item.title }}' } }),
    cardText: perRowText(names, { title: 'Line below', ui: { section: 'Card' } }),
    cardBadge: perRowText(names, {
      title: 'Badge',
      description: 'A priority, a kind, a number.',
      ui: { section: 'Card', placeholder: '{{ item.priority }}' },
    }),
    cardBadgeTone: perRowText(names, {
      title: 'Colour of the badge',
      description: `One of ${tones.join(', ')}.`,
      ui: { section: 'Card', placeholder: "{{ item.priority == 'High' ? 'danger' : 'neutral' }}" },
    }),
    cardEnd: perRowText(names, {
      title: 'At the end',
      description: 'A date, an amount, an age.',
      ui: { section: 'Card', placeholder: '{{ item.due_on }}' },
    }),
    cardEndTone: perRowText(names, {
      title: 'Colour at the end',
      description: `One of ${tones.join(', ')}.`,
      ui: { section: 'Card', advanced: true },
    }),
    cardPerson: perRowText(names, {
      title: 'Person',
      description: 'A name; the card shows its initials.',
      ui: { section: 'Card', placeholder: '{{ item.assignee?.name }}' },
    }),
    allowMove: setting(Type.Boolean(), {
      title: 'Move cards',
      description: 'Who may not change the rows sees the board as it is.',
      default: true,
      ui: { section: 'Behaviour', bindable: false },
    }),
    height: setting(Type.Integer({ minimum: 200, maximum: 4000 }), {
      title: 'Greatest height',
      description: 'In pixels; the cards of a column scroll beyond it.',
      default: 640,
      ui: { section: 'Look', advanced: true },
    }),
    emptyText: setting(Type.String({ maxLength: 100 }), {
      title: 'Text of a column without cards',
      default: 'No cards',
      ui: { section: 'Look', advanced: true },
    }),
  }),
  events: [
    { name: 'cardClick', title: 'Click on a card', payload: Type.Object({ row: rowSchema }) },
    {
      name: 'moved',
      title: 'Card moved',
      payload: Type.Object({ row: rowSchema, from: Type.Unknown(), to: Type.Unknown() }),
    },
  ],
  exposes: { selectedRow: Type.Union([rowSchema, Type.Null()]), total: Type.Integer() },
  methods: [{ name: 'refresh', title: 'Load again' }],
  uses: {
    tables: [
      { setting: 'data', actions: ['view'], columns: ['columns/*'] },
      { setting: 'data', actions: ['view'], columns: ['groupBy'] },
      { setting: 'data', actions: ['update'], when: { setting: 'allowMove', in: [true] }, columns: ['groupBy'] },
    ],
  },
});

/** Settings of the board. */
export type KanbanSettings = Static<typeof kanbanManifest.settings>;
