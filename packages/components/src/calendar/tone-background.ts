import type { Tone } from '../setting-kinds.ts';
import { toneColor } from '../tone-color.ts';

/** CSS colour of a quiet surface in a tone, in light and dark. */
export function toneBackground(tone: Tone): string {
  if (tone === 'neutral') return 'var(--mantine-color-default-hover)';
  const { color } = toneColor(tone);
  return color === undefined ? 'var(--mantine-primary-color-light)' : `var(--mantine-color-${color}-light)`;
}

/** CSS colour of a dot in a tone. */
export function toneDot(tone: Tone): string {
  const { color } = toneColor(tone);
  return color === undefined ? 'var(--mantine-primary-color-filled)' : `var(--mantine-color-${color}-filled)`;
}
