import { IconBox } from '@tabler/icons-react';
import { useExtensions } from '../../../extensions.ts';

/** The icon a manifest names. */
export function ManifestIcon({ name, size = 18 }: { readonly name: string; readonly size?: number }) {
  const { icons } = useExtensions();
  return icons === undefined ? <IconBox size={size} /> : <icons.Icon name={name} size={size} />;
}
