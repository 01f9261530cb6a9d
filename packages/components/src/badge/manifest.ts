import { choice, defineComponent, setting } from '@fettle/sdk';
import { Type } from 'typebox';
import { iconChoice, toneChoice } from '../setting-kinds.ts';

/** A short word of status. */
export const badgeManifest = defineComponent({
  id: 'core/badge',
  version: 1,
  title: 'Badge',
  description: 'A short word of status or kind.',
  icon: 'tag',
  category: 'Display',
  keywords: ['tag', 'chip', 'status', 'label'],
  settings: Type.Object({
    text: setting(Type.String(), { title: 'Text', default: 'New', ui: { section: 'Content' } }),
    icon: iconChoice('Content'),
    tone: toneChoice({ section: 'Look', default: 'accent' }),
    look: choice(['soft', 'filled', 'outline', 'dot'], {
      title: 'Look',
      default: 'soft',
      labels: { soft: 'Soft', filled: 'Filled', outline: 'Outline', dot: 'Dot' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
    size: choice(['small', 'medium', 'large'], {
      title: 'Size',
      default: 'medium',
      labels: { small: 'Small', medium: 'Medium', large: 'Large' },
      ui: { editor: 'segmented', section: 'Look' },
    }),
  }),
  events: [{ name: 'click', title: 'Click' }],
});
