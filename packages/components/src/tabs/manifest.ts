import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** One of several groups of content at a time. */
export const tabsManifest = defineComponent({
  id: 'core/tabs',
  version: 1,
  title: 'Tabs',
  description: 'Shows one of several groups of content at a time.',
  icon: 'layout-navbar',
  category: 'Layout',
  keywords: ['sections', 'switch', 'pages'],
  settings: Type.Object({
    tabs: setting(
      Type.Array(
        Type.Object({
          id: setting(Type.String({ minLength: 1, maxLength: 64 }), {
            title: 'Id',
            ui: { bindable: false, advanced: true },
          }),
          label: setting(Type.String(), { title: 'Label' }),
          icon: Type.Optional(setting(Type.String(), { title: 'Icon', ui: { editor: 'icon' } })),
          visible: Type.Optional(setting(Type.Boolean(), { title: 'Shown', default: true })),
        }),
        { minItems: 1, maxItems: 30 },
      ),
      {
        title: 'Tabs',
        default: [
          { id: 'tab_1', label: 'First' },
          { id: 'tab_2', label: 'Second' },
        ],
        ui: { section: 'Content' },
      },
    ),
    initialTab: Type.Optional(
      setting(Type.String(), {
        title: 'Open at first',
        description: 'Id of a tab. The first one when empty.',
        ui: { section: 'Behaviour', advanced: true },
      }),
    ),
    keepAlive: setting(Type.Boolean(), {
      title: 'Keep the content of hidden tabs',
      description: 'What was typed in a tab stays when another one is opened.',
      default: true,
      ui: { section: 'Behaviour' },
    }),
    look: choice(['line', 'outline', 'pills'], {
      title: 'Look',
      default: 'line',
      labels: { line: 'Line', outline: 'Outline', pills: 'Pills' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    grow: setting(Type.Boolean(), { title: 'Use the whole width', default: false, ui: { section: 'Look' } }),
  }),
  slotsFrom: 'tabs',
  events: [{ name: 'change', title: 'Tab opened', payload: Type.Object({ tab: Type.String() }) }],
  exposes: { tab: Type.String() },
  methods: [{ name: 'select', title: 'Open a tab' }],
});
