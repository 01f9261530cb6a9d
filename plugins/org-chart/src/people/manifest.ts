import { dataSettingSchema, defineComponent, setting, Type } from '@fettle/sdk';

const column = (title: string, description?: string) =>
  Type.Optional(
    setting(Type.String({ maxLength: 260 }), {
      title,
      ...(description === undefined ? {} : { description }),
      ui: { editor: 'column', of: 'data', section: 'Data', bindable: false },
    }),
  );

/** People as a tree. */
export const peopleManifest = defineComponent({
  id: 'org-chart/people',
  version: 1,
  title: 'Org chart',
  description: 'Shows people as a tree, by whom they report to.',
  icon: 'sitemap',
  category: 'Org chart',
  keywords: ['organisation', 'hierarchy', 'team', 'manager', 'tree'],
  placeholder: { height: 480, setting: 'height' },
  defaultLayout: { span: { base: 12 } },
  settings: Type.Object({
    data: Type.Optional(
      setting(dataSettingSchema, { title: 'Data', ui: { editor: 'data', section: 'Data', bindable: false } }),
    ),
    keyColumn: column('Key', 'What others name a person by: "id" when nothing is chosen.'),
    managerColumn: column('Reports to', 'Holds the key of a person’s manager.'),
    nameColumn: column('Name'),
    detailColumn: column('Line below it', 'Such as what they do.'),
    openLevels: Type.Optional(
      setting(Type.Integer({ minimum: 1, maximum: 20 }), {
        title: 'Open at first',
        description: 'Levels that are open when the screen opens.',
        default: 2,
        ui: { section: 'Look' },
      }),
    ),
    height: Type.Optional(
      setting(Type.Integer({ minimum: 200, maximum: 4000 }), {
        title: 'Height',
        default: 480,
        ui: { section: 'Look', bindable: false },
      }),
    ),
  }),
  events: [{ name: 'choose', title: 'A person is chosen', payload: Type.Object({ row: Type.Unknown() }) }],
  exposes: { chosen: Type.Unknown(), count: Type.Integer() },
  methods: [
    { name: 'openAll', title: 'Open all' },
    { name: 'closeAll', title: 'Close all' },
  ],
  uses: {
    tables: [
      {
        setting: 'data',
        actions: ['view'],
        columns: ['keyColumn', 'managerColumn', 'nameColumn', 'detailColumn'],
      },
    ],
  },
});
