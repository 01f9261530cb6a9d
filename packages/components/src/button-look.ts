import { choice } from '@fettle/sdk';

/** Settings that say how loud a button is. */
export function buttonLook(section: string) {
  return {
    look: choice(['filled', 'soft', 'outline', 'plain'], {
      title: 'Look',
      description: 'Filled for the one main act of a screen.',
      default: 'filled',
      labels: { filled: 'Filled', soft: 'Soft', outline: 'Outline', plain: 'Plain' },
      ui: { editor: 'segmented', section },
    }),
    tone: choice(['accent', 'neutral', 'danger'], {
      title: 'Colour',
      default: 'accent',
      labels: { accent: 'Accent', neutral: 'Neutral', danger: 'Danger' },
      ui: { editor: 'segmented', section },
    }),
  };
}

const variants = { filled: 'filled', soft: 'light', outline: 'outline', plain: 'subtle' } as const;

/** Mantine's props for a look and a tone. A neutral outline is the quiet default button. */
export function buttonProps(look: keyof typeof variants, tone: 'accent' | 'neutral' | 'danger') {
  if (tone === 'neutral' && look === 'outline') return { variant: 'default' } as const;
  const color = tone === 'accent' ? {} : { color: tone === 'danger' ? 'red' : 'gray' };
  return { variant: variants[look], ...color } as const;
}
