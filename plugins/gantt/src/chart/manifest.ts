import { choice, dataSettingSchema, defineComponent, setting, Type } from '@fettle/sdk';

const column = (title: string, description?: string) =>
  Type.Optional(
    setting(Type.String({ maxLength: 260 }), {
      title,
      ...(description === undefined ? {} : { description }),
      ui: { editor: 'column', of: 'data', section: 'Data', bindable: false },
    }),
  );

/** Rows as bars over time. */
export const chartManifest = defineComponent({
  id: 'gantt/chart',
  version: 1,
  title: 'Gantt chart',
  description: 'Shows rows with a start and an end as bars over time.',
  icon: 'timeline',
  category: 'Gantt chart',
  keywords: ['project', 'plan', 'schedule', 'timeline', 'roadmap'],
  placeholder: { height: 420, setting: 'height' },
  defaultLayout: { span: { base: 12 } },
  settings: Type.Object({
    data: Type.Optional(
      setting(dataSettingSchema, { title: 'Data', ui: { editor: 'data', section: 'Data', bindable: false } }),
    ),
    keyColumn: column('Key', 'What others name a row by: "id" when nothing is chosen.'),
    titleColumn: column('Title'),
    startColumn: column('Start'),
    endColumn: column('End', 'The last day.'),
    progressColumn: column('Progress', 'From 0 to 100, or from 0 to 1.'),
    waitsColumn: column('Waits for', 'Keys of the rows that come before.'),
    scale: Type.Optional(
      choice(['day', 'week', 'month'], {
        title: 'Scale',
        default: 'week',
        labels: { day: 'Day', week: 'Week', month: 'Month' },
        ui: { section: 'Look', bindable: false },
      }),
    ),
    height: Type.Optional(
      setting(Type.Integer({ minimum: 200, maximum: 4000 }), {
        title: 'Height',
        default: 420,
        ui: { section: 'Look', bindable: false },
      }),
    ),
  }),
  events: [{ name: 'choose', title: 'A row is chosen', payload: Type.Object({ row: Type.Unknown() }) }],
  exposes: { chosen: Type.Unknown(), count: Type.Integer() },
  methods: [{ name: 'goToToday', title: 'Go to today' }],
  uses: {
    tables: [
      {
        setting: 'data',
        actions: ['view'],
        columns: ['keyColumn', 'titleColumn', 'startColumn', 'endColumn', 'progressColumn', 'waitsColumn'],
      },
    ],
  },
});
