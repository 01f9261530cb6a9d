import { defineEventAction, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Opens a web address. */
export const openLinkManifest = defineEventAction({
  id: 'core/open-link',
  version: 1,
  title: 'Open link',
  description: 'Opens a web, mail or telephone address.',
  icon: 'external-link',
  category: 'Navigation',
  keywords: ['url', 'website', 'href'],
  settings: Type.Object({
    url: setting(Type.String(), { title: 'Address', default: '', ui: { placeholder: 'https://…' } }),
    newTab: setting(Type.Boolean(), { title: 'Open in a new tab', default: true }),
  }),
});
