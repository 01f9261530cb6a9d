import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { optionalText, textAlignChoice } from '../setting-kinds.ts';

/** A title of the screen or of a part of it. */
export const headingManifest = defineComponent({
  id: 'core/heading',
  version: 1,
  title: 'Heading',
  description: 'A title of the screen or of a part of it.',
  icon: 'typography',
  category: 'Display',
  keywords: ['title', 'headline', 'h1'],
  settings: Type.Object({
    text: setting(Type.String(), { title: 'Text', default: 'Heading', ui: { section: 'Content' } }),
    description: optionalText('Description', { section: 'Content', description: 'A quiet line below.' }),
    level: choice(['1', '2', '3', '4'], {
      title: 'Level',
      description: 'Level 1 names the screen, the others its parts.',
      default: '2',
      ui: { editor: 'segmented', section: 'Look' },
    }),
    align: textAlignChoice('Look'),
  }),
});
