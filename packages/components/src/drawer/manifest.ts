import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import {
  overlayEvents,
  overlayExposes,
  overlayMethods,
  overlaySettings,
  overlaySlots,
} from '../overlay/overlay-settings.ts';

/** A panel that slides in from a side. */
export const drawerManifest = defineComponent({
  id: 'core/drawer',
  version: 1,
  title: 'Drawer',
  description: 'A panel that slides in from the side, for details beside the list they belong to.',
  icon: 'layout-sidebar-right',
  category: 'Overlay',
  keywords: ['side panel', 'peek', 'sheet', 'details'],
  settings: Type.Object({
    title: setting(Type.String(), { title: 'Title', default: 'Drawer', ui: { section: 'Content' } }),
    side: choice(['right', 'left', 'bottom'], {
      title: 'Side',
      default: 'right',
      labels: { right: 'End', left: 'Start', bottom: 'Bottom' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    size: choice(['small', 'medium', 'large'], {
      title: 'Width',
      default: 'medium',
      labels: { small: 'Small', medium: 'Medium', large: 'Large' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    dimBackground: setting(Type.Boolean(), {
      title: 'Dim the screen behind',
      description: 'Without it the screen behind stays usable.',
      default: true,
      ui: { section: 'Look' },
    }),
    ...overlaySettings,
  }),
  slots: overlaySlots,
  events: overlayEvents,
  exposes: overlayExposes,
  methods: overlayMethods,
  isOverlay: true,
});
