import { defineConnector, setting, Type } from '@fettle/sdk';

/** Reads RSS and Atom feeds as tables. */
export const feedManifest = defineConnector({
  id: 'feeds/feed',
  version: 1,
  title: 'RSS and Atom feeds',
  description: 'Reads RSS and Atom feeds as tables.',
  icon: 'rss',
  category: 'Web',
  keywords: ['rss', 'atom', 'news', 'releases', 'status page'],
  needs: { network: true },
  capabilities: {
    tables: true,
    writes: false,
    transactions: false,
    relations: false,
    aggregates: true,
    structure: false,
  },
  queryKinds: [],
  destination: ['addresses'],
  settings: Type.Object({
    addresses: setting(Type.String({ minLength: 1, maxLength: 20_000 }), {
      title: 'Addresses',
      description: 'Of the feeds, one per line.',
      ui: { bindable: false, editor: 'multiline', placeholder: 'https://example.com/releases.atom' },
    }),
  }),
});
