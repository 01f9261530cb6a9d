import type { Size } from './setting-kinds.ts';

const names: Readonly<Record<Size, 'xs' | 'sm' | 'md' | 'lg' | 'xl'>> = {
  'extra-small': 'xs',
  small: 'sm',
  medium: 'md',
  large: 'lg',
  'extra-large': 'xl',
};

/** Mantine's name of a size. */
export function mantineSize(size: Size): 'xs' | 'sm' | 'md' | 'lg' | 'xl' {
  return names[size];
}
