import type { Tone } from './setting-kinds.ts';

const mantineColors: Readonly<Record<Tone, string | undefined>> = {
  neutral: 'gray',
  // The theme's primary colour, whatever it is called.
  accent: undefined,
  info: 'blue',
  success: 'green',
  warning: 'yellow',
  danger: 'red',
};

/** Mantine's `color` prop for a tone, ready to spread: the accent leaves it to the theme. */
export function toneColor(tone: Tone): { readonly color?: string } {
  const color = mantineColors[tone];
  return color === undefined ? {} : { color };
}

/** CSS colour of text in a tone, readable on the page in light and dark. */
export function toneTextColor(tone: Tone): string {
  if (tone === 'neutral') return 'var(--mantine-color-dimmed)';
  if (tone === 'accent') return 'var(--mantine-primary-color-light-color)';
  return `var(--mantine-color-${mantineColors[tone]}-light-color)`;
}
