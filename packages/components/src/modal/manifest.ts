import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import {
  overlayEvents,
  overlayExposes,
  overlayMethods,
  overlaySettings,
  overlaySlots,
} from '../overlay/overlay-settings.ts';

/** A dialog above the screen. */
export const modalManifest = defineComponent({
  id: 'core/modal',
  version: 1,
  title: 'Modal',
  description: 'A dialog above the screen that holds one step of work. On phones it becomes a sheet.',
  icon: 'browser',
  category: 'Overlay',
  keywords: ['dialog', 'popup', 'sheet'],
  settings: Type.Object({
    title: setting(Type.String(), { title: 'Title', default: 'Modal', ui: { section: 'Content' } }),
    size: choice(['small', 'medium', 'large', 'full'], {
      title: 'Width',
      default: 'medium',
      labels: { small: 'Small', medium: 'Medium', large: 'Large', full: 'Full screen' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    ...overlaySettings,
  }),
  slots: overlaySlots,
  events: overlayEvents,
  exposes: overlayExposes,
  methods: overlayMethods,
  isOverlay: true,
});
