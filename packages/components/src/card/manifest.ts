import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { gapChoice } from '../setting-kinds.ts';

/** A bordered group with a title. */
export const cardManifest = defineComponent({
  id: 'core/card',
  version: 1,
  title: 'Card',
  description: 'Groups what belongs together under a title, with room for actions.',
  icon: 'layout-cards',
  category: 'Layout',
  keywords: ['panel', 'box', 'section', 'accordion', 'collapse'],
  settings: Type.Object({
    title: Type.Optional(setting(Type.String(), { title: 'Title', ui: { section: 'Content' } })),
    description: Type.Optional(setting(Type.String(), { title: 'Description', ui: { section: 'Content' } })),
    layout: choice(['stack', 'grid'], {
      title: 'Content layout',
      description: 'One under the other, or in twelve columns.',
      default: 'stack',
      labels: { stack: 'Stack', grid: 'Grid' },
      ui: { editor: 'segmented', section: 'Layout', bindable: false },
    }),
    gap: gapChoice('Layout'),
    look: choice(['bordered', 'raised', 'plain'], {
      title: 'Look',
      default: 'bordered',
      labels: { bordered: 'Border', raised: 'Raised', plain: 'Plain' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    collapsible: setting(Type.Boolean(), {
      title: 'Can be folded',
      default: false,
      ui: { section: 'Behaviour' },
    }),
    initiallyOpen: setting(Type.Boolean(), {
      title: 'Open at first',
      default: true,
      ui: { section: 'Behaviour', when: { setting: 'collapsible', in: [true] } },
    }),
  }),
  slots: [
    { name: 'body', title: 'Body', layout: 'stack' },
    { name: 'actions', title: 'Actions', layout: 'stack' },
  ],
  events: [
    { name: 'click', title: 'Click' },
    { name: 'toggle', title: 'Fold or unfold', payload: Type.Object({ isOpen: Type.Boolean() }) },
  ],
  exposes: { isOpen: Type.Boolean() },
  methods: [
    { name: 'open', title: 'Unfold' },
    { name: 'close', title: 'Fold' },
  ],
});
