import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { buttonLook } from '../button-look.ts';
import { iconChoice, itemList, sizeChoice } from '../setting-kinds.ts';

/** A button that opens a menu. */
export const menuButtonManifest = defineComponent({
  id: 'core/menu-button',
  version: 1,
  title: 'Menu button',
  description: 'A button that opens a menu of acts. One event tells which one was chosen.',
  icon: 'dots-vertical',
  category: 'Navigation',
  keywords: ['dropdown', 'more', 'actions', 'overflow'],
  settings: Type.Object({
    text: setting(Type.String(), {
      title: 'Text',
      description: 'Without a text, only the icon shows.',
      default: 'Actions',
      ui: { section: 'Content' },
    }),
    icon: iconChoice('Content'),
    items: itemList('Content', 'Entries'),
    ...buttonLook('Look'),
    size: sizeChoice({ section: 'Look', default: 'small' }),
    disabled: setting(Type.Boolean(), { title: 'Disabled', default: false, ui: { section: 'Behaviour' } }),
  }),
  events: [{ name: 'select', title: 'Entry chosen', payload: Type.Object({ item: Type.String() }) }],
});
