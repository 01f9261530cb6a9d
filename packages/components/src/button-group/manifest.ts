import { choice, defineComponent } from '@fettle/sdk';
import { Type } from 'typebox';
import { buttonLook } from '../button-look.ts';
import { itemList, sizeChoice } from '../setting-kinds.ts';

/** Buttons that belong together. */
export const buttonGroupManifest = defineComponent({
  id: 'core/button-group',
  version: 1,
  title: 'Button group',
  description: 'Buttons that belong together. One event tells which one was clicked.',
  icon: 'layout-columns',
  category: 'Navigation',
  keywords: ['buttons', 'toolbar', 'actions'],
  settings: Type.Object({
    items: itemList('Content', 'Buttons'),
    arrangement: choice(['joined', 'apart', 'down'], {
      title: 'Arrangement',
      default: 'joined',
      labels: { joined: 'Joined', apart: 'Apart', down: 'Down' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    ...buttonLook('Look'),
    size: sizeChoice({ section: 'Look', default: 'small' }),
  }),
  events: [{ name: 'select', title: 'Button clicked', payload: Type.Object({ item: Type.String() }) }],
});
