import type { Space } from './setting-kinds.ts';

const lengths: Readonly<Record<Space, string>> = {
  none: '0',
  'extra-small': '4px',
  small: '8px',
  medium: '16px',
  large: '24px',
  'extra-large': '32px',
};

/** The CSS length of a step of the space scale. */
export function spaceLength(space: Space): string {
  return lengths[space];
}
