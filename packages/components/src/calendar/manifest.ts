import { choice, defineComponent, rowOf, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { columnsToLoad, dataChoice, optionalText, perRowText } from '../setting-kinds.ts';

const names = ['item', 'index'] as const;
const rows = Type.Array(Type.Record(Type.String(), Type.Unknown()));

function dayColumn(title: string, description: string) {
  return Type.Optional(
    setting(Type.String({ maxLength: 260 }), {
      title,
      description,
      ui: { editor: 'column', section: 'Data', of: 'data', types: ['date', 'datetime', 'timestamp'], bindable: false },
    }),
  );
}

/** Rows on the days they belong to. */
export const calendarManifest = defineComponent({
  id: 'core/calendar',
  version: 1,
  title: 'Calendar',
  description: 'Rows on the days they belong to, by month or as a list. On phones it is an agenda.',
  icon: 'calendar',
  category: 'Data',
  keywords: ['month', 'agenda', 'schedule', 'dates', 'bookings', 'events'],
  settings: Type.Object({
    data: dataChoice('Data', 'Only rows of the days in sight are loaded.'),
    startColumn: dayColumn('First day', 'The date or time at which a row begins.'),
    endColumn: dayColumn('Last day', 'For rows that last several days. Without a value a row is one day long.'),
    columns: columnsToLoad(),
    itemTitle: perRowText(names, { title: 'Title', ui: { section: 'Entry', placeholder: '{{ item.name }}' } }),
    itemDescription: perRowText(names, {
      title: 'Line below',
      description: 'Shown in the list and when pointing at an entry.',
      ui: { section: 'Entry' },
    }),
    itemTone: perRowText(names, {
      title: 'Colour',
      description: 'neutral, accent, info, success, warning or danger; may depend on the row.',
      ui: { section: 'Entry', placeholder: '{{ item.late ? "danger" : "accent" }}' },
    }),
    view: choice(['month', 'list'], {
      title: 'Opens with',
      default: 'month',
      labels: { month: 'Month', list: 'List' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    canSwitch: setting(Type.Boolean(), { title: 'People may change the view', default: true, ui: { section: 'Look' } }),
    weekStart: choice(['auto', 'monday', 'sunday'], {
      title: 'Weeks begin on',
      default: 'auto',
      labels: { auto: 'As usual there', monday: 'Monday', sunday: 'Sunday' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    initialDay: optionalText('Day to open at', {
      section: 'Look',
      description: 'Today when empty.',
      ui: { placeholder: '2026-05-01', advanced: true },
    }),
    maxPerDay: setting(Type.Integer({ minimum: 1, maximum: 12 }), {
      title: 'Entries per day',
      description: 'Further ones are behind a button.',
      default: 3,
      ui: { section: 'Look', advanced: true },
    }),
    emptyText: setting(Type.String(), {
      title: 'Text when a month is empty',
      default: 'Nothing this month',
      ui: { section: 'Data' },
    }),
  }),
  events: [
    {
      name: 'entryClick',
      title: 'Click on an entry',
      payload: Type.Object({ item: Type.Record(Type.String(), Type.Unknown()), index: Type.Integer() }),
    },
    { name: 'dayClick', title: 'Click on a day', payload: Type.Object({ day: Type.String() }) },
  ],
  exposes: {
    rows,
    selected: Type.Union([rowOf('data'), Type.Null()]),
    selectedDay: Type.Union([Type.String(), Type.Null()]),
    firstDay: Type.String(),
    lastDay: Type.String(),
    isLoading: Type.Boolean(),
  },
  methods: [
    { name: 'refresh', title: 'Load again' },
    { name: 'goTo', title: 'Show a day' },
  ],
  uses: {
    tables: [{ setting: 'data', actions: ['view'], columns: ['startColumn', 'endColumn', 'columns/*'] }],
  },
});
