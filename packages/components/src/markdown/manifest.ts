import { defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';

/** Formatted text written as Markdown. */
export const markdownManifest = defineComponent({
  id: 'core/markdown',
  version: 1,
  title: 'Markdown',
  description: 'Formatted text: headings, lists, links, tables and code. Unsafe markup is removed.',
  icon: 'markdown',
  category: 'Display',
  keywords: ['rich text', 'formatted', 'html', 'notes'],
  settings: Type.Object({
    text: setting(Type.String(), {
      title: 'Text',
      default: '**Bold**, *italic* and [links](https://www.markdownguide.org).',
      ui: { editor: 'markdown', section: 'Content' },
    }),
  }),
});
